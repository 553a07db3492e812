/** Where entries of a list stand: numbers below 2³², with room between them for others. */

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
