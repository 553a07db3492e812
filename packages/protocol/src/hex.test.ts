import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { counterexample } from "../test/arbitraries.ts";
import { fromHex, toHex, writeHex } from "./hex.ts";

describe("hex", () => {
  test("is what Node makes of the same bytes, both ways", () => {
    const property = fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = Buffer.from(bytes).toString("hex");
      expect(toHex(bytes)).toBe(text);
      expect(fromHex(text)).toEqual(bytes);
    });
    expect(counterexample(property)).toBeNull();
  });

  test("keeps what it handed out when ids follow", () => {
    const first = toHex(new Uint8Array(32).fill(1));
    toHex(new Uint8Array(32).fill(2));
    expect(first).toBe("01".repeat(32));
  });

  test.each(["0", "0g", "g0", "0G", "AB", "a ", "0\u0130", "0\uff11"])("refuses %j", (text) => {
    expect(() => fromHex(text)).toThrow(RangeError);
  });

  test("writes into the middle of other bytes", () => {
    const target = new Uint8Array(4).fill(9);
    writeHex("00ff", target, 1);
    expect([...target]).toEqual([9, 0, 255, 9]);
  });
});
