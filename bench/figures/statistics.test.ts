import { describe, expect, test } from "vitest";
import { median, percentile } from "./statistics.ts";

describe("median", () => {
  test("is the one in the middle, whatever the order", () => {
    expect(median([9, 1, 5])).toBe(5);
  });
  test("of an even number is half way between the two in the middle", () => {
    expect(median([10, 1, 2, 4])).toBe(3);
  });
  test("leaves its input as it is", () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
  test("of nothing is refused", () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe("percentile", () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
  test("is a value that occurred, and that so many do not exceed", () => {
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile(hundred, 1)).toBe(100);
    expect(percentile(hundred, 0)).toBe(1);
  });
  test("of few values is not better than the worst of them", () => {
    expect(percentile([7, 3], 0.99)).toBe(7);
  });
});
