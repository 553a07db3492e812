/** Sets of seq numbers as inclusive ranges, ascending and not touching (spec/03-events.md, Holdings). */
import type { Ranges } from "@multichat/protocol";

/** A new set with [from, to] in it. */
export function withRange(ranges: Ranges, from: number, to: number): Ranges {
  const before: Ranges = [];
  const after: Ranges = [];
  let low = from;
  let high = to;
  for (const [a, b] of ranges) {
    if (b < from - 1) before.push([a, b]);
    else if (a > to + 1) after.push([a, b]);
    else {
      low = Math.min(low, a);
      high = Math.max(high, b);
    }
  }
  return [...before, [low, high], ...after];
}

export function union(a: Ranges, b: Ranges): Ranges {
  let result = a;
  for (const [from, to] of b) result = withRange(result, from, to);
  return result;
}

/** The part that is not above `last`. */
export function upTo(ranges: Ranges, last: number): Ranges {
  return ranges.filter(([from]) => from <= last).map(([from, to]) => [from, Math.min(to, last)]);
}

/** What is in `wanted` and not in `held`. */
export function missing(wanted: Ranges, held: Ranges): Ranges {
  const gaps: Ranges = [];
  for (const [from, to] of wanted) {
    let next = from;
    for (const [a, b] of held) {
      if (b < next) continue;
      if (a > to) break;
      if (a > next) gaps.push([next, a - 1]);
      next = b + 1;
    }
    if (next <= to) gaps.push([next, to]);
  }
  return gaps;
}

export function holds(ranges: Ranges, seq: number): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to] = ranges[middle]!;
    if (seq < from) high = middle - 1;
    else if (seq > to) low = middle + 1;
    else return true;
  }
  return false;
}

export function count(ranges: Ranges): number {
  let sum = 0;
  for (const [from, to] of ranges) sum += to - from + 1;
  return sum;
}
