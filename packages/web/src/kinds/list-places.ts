/** Where entries of a list stand: numbers below 2³², with room between them for others. */
import type { ListView } from "@multichat/client/contract";

const end = 2 ** 32;
const step = 2 ** 16;

/**
 * A place after the one and before the other, where there is room; where two stand on neighbouring numbers it is that of the
 * first, and the entries' names decide.
 */
export function between(before: number | null, after: number | null): number {
  if (after === null)
    return before === null ? step : Math.min(before + step, Math.floor((before + end) / 2));
  return Math.floor(((before ?? 0) + after) / 2);
}

/** 1–32 of a–z and 0–9, which nobody else comes up with. */
export function newItem(): string {
  return crypto.randomUUID().replaceAll("-", "");
}

type Items = ListView["items"];

/** The list as it is once an entry has changed, is new, or (its text being empty) is taken off. */
export function withItem(items: Items, changed: Items[number]): Items {
  const others = items.filter(({ item }) => item !== changed.item);
  if (changed.text === "") return others;
  return [...others, changed].sort((a, b) => a.place - b.place || (a.item < b.item ? -1 : 1));
}
