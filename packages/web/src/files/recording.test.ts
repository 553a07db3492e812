import { expect, test } from "vitest";
import { lengthText } from "../i18n/lengths.ts";
import { waveOf } from "./recording.ts";

test("the wave of a message has as many stretches as there are, 64 at most, each with its loudest moment", () => {
  expect(waveOf([])).toEqual([0]);
  expect(waveOf([0.5, 1])).toEqual([128, 255]);
  const long = Array.from({ length: 640 }, (_, i) => (i % 10 === 9 ? i / 1_000 : 0));
  expect(waveOf(long)).toHaveLength(64);
  expect(waveOf(long)[0]).toBe(Math.round(255 * 0.009));
  expect(waveOf(long).at(-1)).toBe(Math.round(255 * 0.639));
});

test("a length is told in minutes, and in hours where there are some", () => {
  expect([0, 7_900, 750_000, 3_723_000].map(lengthText)).toEqual([
    "0:00",
    "0:07",
    "12:30",
    "1:02:03",
  ]);
});
