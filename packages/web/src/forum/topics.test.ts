import { expect, test } from "vitest";
import { aMessage } from "../../test/a-message.ts";
import { titleOf, topicsOf } from "./topics.ts";

const old = aMessage({
  id: "old",
  time: 1,
  title: "Hoses",
  tags: ["tools"],
  replies: { replies: 2, unread: 0, lastAt: 9, people: [] },
});
const young = aMessage({ id: "young", time: 5, text: "No title\nhere" });
const reply = aMessage({ id: "reply", time: 9, thread: "old", also: true });

test("those that are talked about come first, or those that were started last", () => {
  expect(topicsOf([old, young, reply], "active", null)).toEqual([old, young]);
  expect(topicsOf([old, young, reply], "newest", null)).toEqual([young, old]);
  expect(topicsOf([old, young, reply], "newest", "tools")).toEqual([old]);
});

test("without a title it is the beginning of the text", () => {
  expect(titleOf(old)).toBe("Hoses");
  expect(titleOf(young)).toBe("No title here");
});
