/** Where two texts differ: from the end of what both begin with to the beginning of what both end with. */
export interface ChangedRange {
  from: number;
  /** In the text before, and in the text after. */
  toBefore: number;
  toAfter: number;
}

export function changedRange(before: string, after: string): ChangedRange {
  const longest = Math.min(before.length, after.length);
  let from = 0;
  while (from < longest && before[from] === after[from]) from++;
  let end = 0;
  while (end < longest - from && before.at(-1 - end) === after.at(-1 - end)) end++;
  return { from, toBefore: before.length - end, toAfter: after.length - end };
}
