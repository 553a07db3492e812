import { expect, test } from "vitest";
import { aMessage } from "../../test/a-message.ts";
import { groupMs, layoutRow } from "./row-layout.ts";

const noon = new Date(2026, 10, 24, 12).getTime();
const alice = { id: "a", name: "Alice" };
const bob = { id: "b", name: "Bob" };
const first = aMessage({ id: "1", author: alice, time: noon });

test("the first message starts a day and a group", () => {
  expect(layoutRow(undefined, first, null)).toEqual({ newDay: true, newLine: false, startsGroup: true });
});

test("the same author within five minutes goes on with the group", () => {
  const next = aMessage({ id: "2", author: alice, time: noon + groupMs });
  expect(layoutRow(first, next, null).startsGroup).toBe(false);
  const later = aMessage({ id: "2", author: alice, time: noon + groupMs + 1 });
  expect(layoutRow(first, later, null).startsGroup).toBe(true);
});

test("somebody else, the new line and midnight each start a group", () => {
  expect(layoutRow(first, aMessage({ id: "2", author: bob, time: noon }), null).startsGroup).toBe(true);

  const unread = layoutRow(first, aMessage({ id: "2", author: alice, time: noon }), "2");
  expect(unread).toEqual({ newDay: false, newLine: true, startsGroup: true });

  const before = aMessage({ id: "2", author: alice, time: new Date(2026, 10, 24, 23, 59).getTime() });
  const after = aMessage({ id: "3", author: alice, time: new Date(2026, 10, 25, 0, 1).getTime() });
  expect(layoutRow(before, after, null)).toEqual({ newDay: true, newLine: false, startsGroup: true });
});
