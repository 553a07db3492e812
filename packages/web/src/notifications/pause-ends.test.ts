import { expect, test } from "vitest";
import { endOf } from "./pause-ends.ts";

const at = (day: number, hour: number, minute = 0) =>
  new Date(2026, 10, day, hour, minute).getTime();

test.each([
  ["none", at(23, 12), 0],
  ["halfHour", at(23, 23, 45), at(24, 0, 15)],
  ["hour", at(23, 12), at(23, 13)],
  ["morning", at(23, 12), at(24, 8)],
  ["morning", at(30, 23), at(31, 8)],
  ["morning", at(24, 2), at(24, 8)],
  ["good", at(23, 12), 2 ** 47 - 1],
] as const)("%s from %i", (end, now, until) => {
  expect(endOf(end, now)).toBe(until);
});
