import type { RetentionChange } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { changesBefore } from "./row-changes.ts";

const at = (position: string): RetentionChange => ({
  id: position,
  of: "channel",
  seconds: 60,
  by: null,
  at: 0,
  position,
});
const rows = (...positions: string[]): { position: string }[] =>
  positions.map((position) => ({ position }));
const whole = { hasOlder: false, hasNewer: false };
const found = (
  changes: readonly RetentionChange[],
  ...rest: [{ position: string }[], number, typeof whole]
): string[] => changesBefore(changes, ...rest).map(({ id }) => id);

test("each stands once, at its place among the messages", () => {
  const changes = [at("a"), at("c"), at("d"), at("f")];
  const messages = rows("b", "e");
  expect([0, 1, 2].map((index) => found(changes, messages, index, whole))).toEqual([
    ["a"],
    ["c", "d"],
    ["f"],
  ]);
});

test("those before or after what is loaded wait for their page", () => {
  const changes = [at("a"), at("c"), at("f")];
  const messages = rows("b", "e");
  const part = { hasOlder: true, hasNewer: true };
  expect([0, 1, 2].map((index) => found(changes, messages, index, part))).toEqual([[], ["c"], []]);
});

test("what is on its way to the disk comes after everything", () => {
  expect(found([at("c")], rows("b", ""), 1, whole)).toEqual(["c"]);
  expect(found([at("c")], rows("b", ""), 2, whole)).toEqual([]);
});

test("in an empty channel they are all at its end", () => {
  expect(found([at("a"), at("b")], [], 0, whole)).toEqual(["a", "b"]);
});
