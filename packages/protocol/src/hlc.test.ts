import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { counterexample } from "../test/arbitraries.ts";
import { hlcAt, hlcTime, nextHlc } from "./hlc.ts";

const time = fc.maxSafeNat().map((ms) => ms % (2 ** 47 - 1));
const stamp = fc.tuple(time, fc.nat(65_535)).map(([ms, counter]) => hlcAt(ms) + BigInt(counter));

describe("hlc", () => {
  test("is milliseconds and a counter of 16 bits", () => {
    expect(hlcAt(1)).toBe(65_536n);
    expect(hlcTime(hlcAt(1_760_000_000_000) + 65_535n)).toBe(1_760_000_000_000);
  });

  test("takes whole milliseconds, none before 1970", () => {
    expect(hlcAt(1.9)).toBe(hlcAt(1));
    expect(hlcAt(-5)).toBe(0n);
  });

  test("follows the clock when nothing seen is ahead of it", () => {
    expect(nextHlc(1000, [])).toBe(hlcAt(1000));
    expect(nextHlc(1000, [hlcAt(999) + 65_535n])).toBe(hlcAt(1000));
  });

  test("counts on from what is ahead, and carries into the milliseconds", () => {
    expect(nextHlc(1000, [hlcAt(1000)])).toBe(hlcAt(1000) + 1n);
    expect(nextHlc(1000, [hlcAt(1000) + 65_535n])).toBe(hlcAt(1001));
  });

  test("is later than everything seen and never behind the clock", () => {
    const property = fc.property(time, fc.array(stamp, { maxLength: 8 }), (now, seen) => {
      const next = nextHlc(now, seen);
      return next >= hlcAt(now) && seen.every((hlc) => next > hlc);
    });
    expect(counterexample(property, 1000)).toBeNull();
  });

  test("rises with every stamp of one device, whatever its clock does", () => {
    const property = fc.property(fc.array(time, { minLength: 2, maxLength: 20 }), (clock) => {
      let last = 0n;
      return clock.every((now) => {
        const next = nextHlc(now, [last]);
        const rises = next > last;
        last = next;
        return rises;
      });
    });
    expect(counterexample(property, 500)).toBeNull();
  });
});
