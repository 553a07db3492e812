/** One line of the table: what was measured, in which unit, and what it should be. */
import { median } from "./statistics.ts";

export interface Target {
  /** The value may not be above (or below) `limit`. */
  bound: "at most" | "at least";
  limit: number;
}

export interface Figure {
  name: string;
  unit: string;
  /** The median of `runs`. */
  value: number;
  runs: number[];
  /** Null for what is only told, to explain the others. */
  target: Target | null;
}

export const atMost = (limit: number): Target => ({ bound: "at most", limit });
export const atLeast = (limit: number): Target => ({ bound: "at least", limit });

export function figure(
  name: string,
  unit: string,
  runs: readonly number[],
  target: Target | null = null,
): Figure {
  return { name, unit, value: median(runs), runs: [...runs], target };
}

/** Null where there is nothing to hold it to. */
export function isMet({ value, target }: Figure): boolean | null {
  if (target === null) return null;
  return target.bound === "at most" ? value <= target.limit : value >= target.limit;
}
