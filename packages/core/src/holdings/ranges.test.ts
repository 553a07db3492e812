import type { Ranges } from "@multichat/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { count, holds, intersection, missing, union, upTo, withRange } from "./ranges.ts";

const seq = fc.integer({ min: 1, max: 40 });
const pairs = fc.array(fc.tuple(seq, seq).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]), { maxLength: 12 });
const built = (list: readonly [number, number][]): Ranges => list.reduce<Ranges>((ranges, [from, to]) => withRange(ranges, from, to), []);

/** The same as a set of numbers. */
function plain(ranges: readonly [number, number][]): Set<number> {
  const set = new Set<number>();
  for (const [from, to] of ranges) for (let n = from; n <= to; n++) set.add(n);
  return set;
}

function isCanonical(ranges: Ranges): boolean {
  return ranges.every(([from, to], i) => from <= to && (i === 0 || from > ranges[i - 1]![1] + 1));
}

describe("ranges against plain sets", () => {
  it("hold what was put in, in one form only", () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const ranges = built(list);
        expect(isCanonical(ranges)).toBe(true);
        expect(plain(ranges)).toEqual(plain(list));
        expect(count(ranges)).toBe(plain(list).size);
        for (let n = 0; n <= 42; n++) expect(holds(ranges, n)).toBe(plain(list).has(n));
      }),
    );
  });

  it("unite, subtract and end as sets do", () => {
    fc.assert(
      fc.property(pairs, pairs, seq, (a, b, last) => {
        const [left, right] = [built(a), built(b)];
        expect(isCanonical(union(left, right))).toBe(true);
        expect(plain(union(left, right))).toEqual(plain([...a, ...b]));
        expect(plain(missing(left, right))).toEqual(new Set([...plain(a)].filter((n) => !plain(b).has(n))));
        expect(plain(intersection(left, right))).toEqual(new Set([...plain(a)].filter((n) => plain(b).has(n))));
        expect(isCanonical(intersection(left, right))).toBe(true);
        expect(plain(upTo(left, last))).toEqual(new Set([...plain(a)].filter((n) => n <= last)));
      }),
    );
  });

  it("unite in one pass, however many holes there are", () => {
    const odd = Array.from({ length: 200_000 }, (_, i): [number, number] => [4 * i + 1, 4 * i + 1]);
    const other = odd.map(([from]): [number, number] => [from + 2, from + 2]);
    const started = performance.now();
    expect(union(odd, other)).toHaveLength(400_000);
    expect(missing(odd, other)).toHaveLength(200_000);
    expect(intersection(odd, other)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it("are never changed in place", () => {
    const ranges: Ranges = [[1, 2], [5, 6]];
    const before = structuredClone(ranges);
    withRange(ranges, 3, 4);
    union(ranges, [[7, 9]]);
    missing(ranges, [[1, 1]]);
    intersection(ranges, [[1, 5]]);
    upTo(ranges, 5);
    expect(ranges).toEqual(before);
  });
});
