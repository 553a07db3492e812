import { describe, expect, test } from "vitest";
import { encode } from "./cbor/encode.ts";
import type { DeviceId } from "./ids.ts";
import { decodeAck, encodeAck, readRanges } from "./record.ts";
import { limits } from "./limits.ts";

const device = (digit: string) => digit.repeat(64) as DeviceId;

describe("acknowledgement", () => {
  test("is written ascending by device, whatever order it comes in", () => {
    const rows = [device("b"), device("a")].map((of) => ({ device: of, ranges: [[1, 1]] as [number, number][] }));
    expect(encodeAck(rows)).toEqual(encodeAck(rows.toReversed()));
    expect(decodeAck(encodeAck(rows))).toEqual({ ok: true, value: rows.toReversed() });
    expect(rows[0]!.device).toBe(device("b"));
  });
});

describe("readRanges", () => {
  test("takes ranges with a hole of one between them", () => {
    expect(readRanges([1, 1, 3, 3])).toEqual([[1, 1], [3, 3]]);
  });

  test("takes as many as the limit", () => {
    const flat = (count: number) => Array.from({ length: 2 * count }, (_, i) => 1 + 2 * (i >> 1));
    expect(readRanges(flat(limits.ranges))).toHaveLength(limits.ranges);
    expect(() => readRanges(flat(limits.ranges + 1))).toThrow("more than");
  });

  test.each([
    [[1, 2, 3, 4], "touch"],
    [[1, 4, 2, 6], "touch"],
    [[5, 6, 1, 2], "touch"],
    [[2, 1], "touch"],
    [[0, 1], "touch"],
    [[1], "half a range"],
  ])("refuses %j", (flat, error) => {
    expect(() => readRanges(flat)).toThrow(error);
  });

  test("does not mistake the largest seq for a small one", () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(readRanges([1, most])).toEqual([[1, most]]);
    expect(() => readRanges([1, most, most, most])).toThrow("touch");
    expect(decodeAck(encode([[new Uint8Array(32), [1, 1n << 53n]]])).ok).toBe(false);
  });
});
