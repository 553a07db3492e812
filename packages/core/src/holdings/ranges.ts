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

/** Both in one pass; `a` and `b` need only be ascending by where their ranges begin. */
export function union(a: Ranges, b: Ranges): Ranges {
  const result: Ranges = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const [from, to] = j >= b.length || (i < a.length && a[i]![0] <= b[j]![0]) ? a[i++]! : b[j++]!;
    const last = result[result.length - 1];
    if (last === undefined || from > last[1] + 1) result.push([from, to]);
    else last[1] = Math.max(last[1], to);
  }
  return result;
}

/** What is in both. */
export function intersection(a: Ranges, b: Ranges): Ranges {
  const result: Ranges = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const from = Math.max(a[i]![0], b[j]![0]);
    const to = Math.min(a[i]![1], b[j]![1]);
    if (from <= to) result.push([from, to]);
    if (a[i]![1] < b[j]![1]) i++;
    else j++;
  }
  return result;
}

/** The part that is not above `last`. */
export function upTo(ranges: Ranges, last: number): Ranges {
  return ranges.filter(([from]) => from <= last).map(([from, to]) => [from, Math.min(to, last)]);
}

/** What is in `wanted` and not in `held`. */
export function missing(wanted: Ranges, held: Ranges): Ranges {
  const gaps: Ranges = [];
  let first = 0;
  for (const [from, to] of wanted) {
    while (first < held.length && held[first]![1] < from) first++;
    let next = from;
    for (let i = first; i < held.length; i++) {
      const [a, b] = held[i]!;
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
