import fc from "fast-check";
import { expect, test } from "vitest";
import { addSeq, lowerRangeEnd, type SeqRanges, toPairs } from "./seq-ranges.ts";

const seqs = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 });

test("ranges are ascending, do not touch, and hold exactly what was added", () => {
  fc.assert(
    fc.property(seqs, (added) => {
      const ranges: SeqRanges = [];
      for (const seq of added) addSeq(ranges, seq, () => {});
      const isOrdered = toPairs(ranges).every(
        ([from, to], i, pairs) => from <= to && to + 1 < (pairs[i + 1]?.[0] ?? Infinity),
      );
      expect(isOrdered).toBe(true);
      const held = toPairs(ranges).flatMap(([from, to]) =>
        Array.from({ length: to - from + 1 }, (_, i) => from + i),
      );
      expect(held).toEqual([...new Set(added)].toSorted((a, b) => a - b));
    }),
  );
});

test("writing only the reported lower ranges keeps a table level with them", () => {
  fc.assert(
    fc.property(seqs, fc.integer({ min: 1, max: 5 }), (added, batch) => {
      const ranges: SeqRanges = [];
      const table = new Map<number, number>();
      for (let at = 0; at < added.length; at += batch) {
        const stale = new Set<number>();
        for (const seq of added.slice(at, at + batch))
          addSeq(ranges, seq, (from) => stale.add(from));
        for (const from of stale) {
          const to = lowerRangeEnd(ranges, from);
          if (to === null) table.delete(from);
          else table.set(from, to);
        }
        expect([...table].toSorted(([a], [b]) => a - b)).toEqual(toPairs(ranges).slice(0, -1));
      }
    }),
  );
});

test("a feed that grows at its end reports nothing to write", () => {
  const ranges: SeqRanges = [1, 1];
  const reported: number[] = [];
  for (let seq = 2; seq <= 100; seq++) addSeq(ranges, seq, (from) => reported.push(from));
  expect([ranges, reported]).toEqual([[1, 100], []]);
});
