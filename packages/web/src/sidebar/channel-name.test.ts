import { expect, test } from "vitest";
import { channelNameFrom } from "./channel-name.ts";

test.each([
  ["General", "general"],
  ["  # Garden   plans ", "garden-plans"],
  ["über/unter", "über-unter"],
  ["設計", "設計"],
  ["---", ""],
])("%j becomes %j", (typed, name) => {
  expect(channelNameFrom(typed)).toBe(name);
});
