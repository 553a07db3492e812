import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cborValue, counterexample, mutated } from "../../test/arbitraries.ts";
import { fromHex, toHex } from "../hex.ts";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";
import { maxDepth } from "./value.ts";

const read = (hex: string) => decode(fromHex(hex));

describe("decode", () => {
  test.each([
    ["1817", "an integer not in its shortest form"],
    ["1900ff", "an integer not in its shortest form"],
    ["1a0000ffff", "an integer not in its shortest form"],
    ["1b00000000ffffffff", "an integer not in its shortest form"],
    ["5801ff", "an integer not in its shortest form"],
    ["1c", "a length outside the subset"],
    ["5f4100ff", "a length outside the subset"],
    ["9fff", "a length outside the subset"],
    ["20", "a type outside the subset"],
    ["c001", "a type outside the subset"],
    ["f7", "a type outside the subset"],
    ["f93c00", "a type outside the subset"],
    ["0000", "bytes after the value"],
    ["", "cut short"],
    ["19ff", "cut short"],
    ["4201", "cut short"],
    ["9a7fffffff", "cut short"],
    ["bbffffffffffffffff", "cut short"],
    ["61ff", "text that is not UTF-8"],
    ["63eda080", "text that is not UTF-8"],
    ["a10000", "a map key that is not text"],
    ["a2616200616100", "map keys out of order"],
    ["a2616100616100", "map keys out of order"],
    ["a262616100616200", "map keys out of order"],
  ])("refuses %s: %s", (hex, error) => {
    expect(read(hex)).toEqual({ ok: false, error });
  });

  test("reads integers as numbers while they are exact, as bigints above", () => {
    expect(read("1b001fffffffffffff")).toEqual({ ok: true, value: Number.MAX_SAFE_INTEGER });
    expect(read("1b0020000000000000")).toEqual({ ok: true, value: 1n << 53n });
    expect(read("1bffffffffffffffff")).toEqual({ ok: true, value: (1n << 64n) - 1n });
  });

  test("keeps a byte order mark, which is text like any other", () => {
    expect(read("63efbbbf")).toEqual({ ok: true, value: "\ufeff" });
    expect(read("781aefbbbf6161616161616161616161616161616161616161616161")).toEqual({
      ok: true,
      value: `\ufeff${"a".repeat(23)}`,
    });
  });

  test("reads a key that names a prototype as any other key", () => {
    const bytes = encode(new Map([["__proto__", 1]]));
    expect(decode(bytes)).toEqual({ ok: true, value: new Map([["__proto__", 1]]) });
  });

  test("nests so deep and no deeper", () => {
    const nested = (depth: number) => fromHex("81".repeat(depth) + "00");
    expect(decode(nested(maxDepth)).ok).toBe(true);
    expect(decode(nested(maxDepth + 1))).toEqual({ ok: false, error: "nested too deeply" });
    expect(decode(fromHex("81".repeat(200_000)))).toEqual({ ok: false, error: "nested too deeply" });
  });

  test("reads from a view into a larger buffer", () => {
    const buffer = fromHex("ffff820142aabbffff");
    expect(decode(buffer.subarray(2, 7))).toEqual({ ok: true, value: [1, fromHex("aabb")] });
  });

  test("gives back what was encoded", () => {
    const property = fc.property(cborValue, (value) => {
      expect(decode(encode(value))).toEqual({ ok: true, value });
    });
    expect(counterexample(property)).toBeNull();
  });

  test("never throws, and whatever it accepts has no other encoding", () => {
    const canonical = (bytes: Uint8Array): boolean => {
      const decoded = decode(bytes);
      return !decoded.ok || toHex(encode(decoded.value)) === toHex(bytes);
    };
    expect(counterexample(fc.property(fc.uint8Array({ maxLength: 64 }), canonical), 3000)).toBeNull();
    expect(counterexample(fc.property(mutated(cborValue.map(encode)), canonical), 1500)).toBeNull();
  });
});
