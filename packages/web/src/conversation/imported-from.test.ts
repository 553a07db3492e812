import { expect, test } from "vitest";
import { importedFrom } from "./imported-from.ts";

test("known sources have their names, others stay what they were called", () => {
  expect(["slack", "irc", "Zulip", "constructor"].map(importedFrom)).toEqual([
    "Slack",
    "IRC",
    "Zulip",
    "constructor",
  ]);
});
