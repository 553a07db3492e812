import { expect, test } from "vitest";
import { isLong } from "./is-long.ts";

test("many characters or many lines are long", () => {
  expect(isLong("short")).toBe(false);
  expect(isLong("x".repeat(1_600))).toBe(false);
  expect(isLong("x".repeat(1_601))).toBe(true);
  expect(isLong("\n".repeat(19))).toBe(false);
  expect(isLong("\n".repeat(20))).toBe(true);
});
