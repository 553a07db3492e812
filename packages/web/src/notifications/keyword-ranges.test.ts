import { expect, test } from "vitest";
import { keywordRanges } from "./keyword-ranges.ts";

test.each<[string, string[], string[]]>([
  ["Lunch? no lunchbox", ["lunch"], ["Lunch"]],
  ["on-call, on call, on the call", ["on call"], ["on-call", "on call"]],
  ["a.b (c)", ["(c)", "a.b"], ["a.b", "c"]],
  ["nothing", [], []],
  ["nothing", ["  "], []],
])("in %j, %j are %j", (text, keywords, expected) => {
  expect(keywordRanges(text, keywords).map(([from, to]) => text.slice(from, to))).toEqual(expected);
});
