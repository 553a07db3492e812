import { expect, test } from "vitest";
import { durationWords, parseDuration, relativeTime } from "./times.ts";

const now = Date.UTC(2026, 0, 31, 12);

test.each([
  [0, "just now"],
  [59_000, "just now"],
  [60_000, "1 minute ago"],
  [3 * 3_600_000 + 59 * 60_000, "3 hours ago"],
  [86_400_000, "1 day ago"],
  [10 * 86_400_000, "2026-01-21"],
  [-2 * 86_400_000, "in 2 days"],
])("%i ms ago is %s", (ago, words) => {
  expect(relativeTime(now - ago, now)).toBe(words);
});

test.each([
  ["90s", 90_000],
  ["30m", 1_800_000],
  ["12h", 43_200_000],
  ["7d", 604_800_000],
  ["2w", 1_209_600_000],
  ["never", 0],
  ["0d", null],
  ["7", null],
  ["7 d", null],
  ["-1d", null],
  ["1.5h", null],
  ["36600d", 3_162_240_000_000],
  ["36601d", null],
  ["9999999999d", null],
])("%s is %s ms", (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each([
  [1, "1 second"],
  [90, "90 seconds"],
  [1_800, "30 minutes"],
  [90_000, "25 hours"],
  [2_592_000, "30 days"],
])("%i s are %s", (seconds, words) => {
  expect(durationWords(seconds)).toBe(words);
});
