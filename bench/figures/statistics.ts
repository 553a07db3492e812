/** The few statistics that a table of figures needs. */

/** @throws RangeError when there are no values */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The smallest value that at least `share` (0–1) of all values do not exceed. @throws RangeError when there are no values */
export function percentile(values: readonly number[], share: number): number {
  const sorted = ascending(values);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!;
}

function ascending(values: readonly number[]): number[] {
  if (values.length === 0) throw new RangeError("there is nothing to take a figure of");
  return values.toSorted((a, b) => a - b);
}
