import { encode as cborgEncode, rfc8949EncodeOptions } from "cborg";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cborValue, counterexample } from "../../test/arbitraries.ts";
import { fromHex, toHex } from "../hex.ts";
import { compareBytes, encode, encodeWith } from "./encode.ts";
import type { CborValue } from "./value.ts";

const hex = (value: CborValue): string => toHex(encode(value));

describe("encode", () => {
  test.each<[CborValue, string]>([
    [0, "00"],
    [23, "17"],
    [24, "1818"],
    [255, "18ff"],
    [256, "190100"],
    [65_535, "19ffff"],
    [65_536, "1a00010000"],
    [0xffff_ffff, "1affffffff"],
    [0x1_0000_0000, "1b0000000100000000"],
    [Number.MAX_SAFE_INTEGER, "1b001fffffffffffff"],
    [1n << 53n, "1b0020000000000000"],
    [(1n << 64n) - 1n, "1bffffffffffffffff"],
    [7n, "07"],
    [true, "f5"],
    [false, "f4"],
    [null, "f6"],
    [new Uint8Array([1, 2]), "420102"],
    ["ü", "62c3bc"],
    ["\u{1f984}", "64f09fa684"],
    [[1, [2], []], "8301810280"],
  ])("writes a value in its shortest form (%#)", (value, expected) => {
    expect(hex(value)).toBe(expected);
  });

  test("orders map keys by their encodings, shorter ones first", () => {
    const map = new Map<string, CborValue>([
      ["b", 1],
      ["aa", 2],
      ["", 3],
      ["a", 4],
      ["é", 5],
    ]);
    expect(hex(map)).toBe("a5" + "6003" + "616104" + "616201" + "62616102" + "62c3a905");
  });

  test("orders by the length in bytes, not in characters", () => {
    const map = new Map<string, CborValue>([
      ["€", 1],
      ["zz", 2],
    ]);
    expect(hex(map)).toBe("a2" + "627a7a02" + "63e282ac01");
  });

  test("leaves the value as it was", () => {
    const map = Object.freeze(new Map<string, CborValue>([["b", 1], ["a", Object.freeze([2])]]));
    encode(map);
    expect([...map.keys()]).toEqual(["b", "a"]);
  });

  test("refuses what is outside the subset", () => {
    for (const value of [-1, 1.5, NaN, Infinity, 2 ** 53, -1n, 1n << 64n, undefined, Symbol("s"), {}]) {
      expect(() => encode(value as CborValue)).toThrow(TypeError);
    }
  });

  test("starts afresh after a value that it refused", () => {
    expect(() => encode([1, 2, -1])).toThrow(TypeError);
    expect(hex([3])).toBe("8103");
  });

  test("hands out bytes that later encodings leave alone", () => {
    const first = encode("first");
    encode("second thing");
    expect(toHex(first)).toBe("656669727374");
  });

  test("grows for what is larger than its buffer", () => {
    const large = new Uint8Array(300_000).fill(7);
    const bytes = encode([1, large]);
    expect(bytes.length).toBe(2 + 5 + large.length);
    expect(bytes.at(-1)).toBe(7);
  });

  test("equals the deterministic encoding of an independent library", () => {
    const property = fc.property(
      cborValue,
      (value) => toHex(encode(value)) === toHex(cborgEncode(value, rfc8949EncodeOptions)),
    );
    expect(counterexample(property)).toBeNull();
  });
});

describe("encodeWith", () => {
  test("writes hex digits as the bytes they name", () => {
    expect(encodeWith((out) => out.hex("00ff"))).toEqual(fromHex("4200ff"));
  });

  test("throws for what are no hex digits", () => {
    expect(() => encodeWith((out) => out.hex("zz"))).toThrow(RangeError);
  });
});

test("compareBytes is the bytewise order, with a beginning before what it begins", () => {
  const sorted = ["", "00", "0000", "01", "7f", "80", "ff", "ff00"].map(fromHex);
  for (const [i, a] of sorted.entries()) {
    for (const [j, b] of sorted.entries()) expect(Math.sign(compareBytes(a, b))).toBe(Math.sign(i - j));
  }
});
