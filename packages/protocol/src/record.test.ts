import { describe, expect, test } from "vitest";
import { encode } from "./cbor/encode.ts";
import { type AccountId, type DeviceId, idFromBytes } from "./ids.ts";
import { type AckValue, decodeAck, encodeAck, encodeRecord, fittingAck, readRanges } from "./record.ts";
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

describe("an acknowledgement of more than fits", () => {
  const feeds = (count: number, ranges: number, first = 2 ** 40): AckValue =>
    Array.from({ length: count }, (_, n) => ({
      device: idFromBytes<DeviceId>(new Uint8Array(32).map((__, i) => (i < 2 ? (n >> (8 * i)) & 255 : 1))),
      ranges: Array.from({ length: ranges }, (__, i): [number, number] => [first + 2 * i, first + 2 * i]),
    }));

  test("is whole while it fits", () => {
    const value = feeds(3, limits.ranges, 1);
    expect(fittingAck(value)).toEqual(value);
  });

  test("names the newest ranges of every feed, then the feeds given first", () => {
    for (const [count, ranges] of [[16, limits.ranges], [300, limits.ranges], [3_000, limits.ranges], [60_000, 1]] as const) {
      const value = feeds(count, ranges);
      const fitting = fittingAck(value);
      expect(encodeAck(fitting).length).toBeLessThan(limits.recordValue);
      expect(fitting.map(({ device: named }) => named)).toEqual(value.slice(0, fitting.length).map(({ device: named }) => named));
      expect(fitting.length).toBeGreaterThanOrEqual(Math.min(count, 300));
      expect(fitting.at(-1)!.ranges.at(-1)).toEqual(value[0]!.ranges.at(-1));
    }
  });
});

describe("encodeRecord", () => {
  const record = { scope: device("a"), account: device("b") as string as AccountId, device: device("c"), type: "ack", key: new Uint8Array(32), hlc: 1n };
  test("refuses to make what nobody would take", () => {
    expect(encodeRecord({ ...record, value: new Uint8Array(limits.recordValue) }).length).toBeLessThanOrEqual(limits.record);
    expect(() => encodeRecord({ ...record, value: new Uint8Array(limits.recordValue + 1) })).toThrow(RangeError);
    expect(() => encodeRecord({ ...record, type: "Ack", value: new Uint8Array(1) })).toThrow("nobody would take");
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
