import { expect, test } from "vitest";
import { aMessage } from "../../test/a-message.ts";
import { foldBlocked, unhiddenKey } from "./fold-blocked.ts";

const mallory = { id: "mallory", name: "Mallory" };
const blocked = (time: number) => aMessage({ time, author: mallory, blocked: true });

test("messages of somebody blocked that follow on each other are one row", () => {
  const all = [aMessage({ time: 1 }), blocked(2), blocked(3), aMessage({ time: 4 }), blocked(5)];
  const { messages, hidden } = foldBlocked(all, {});
  expect(messages.map(({ time }) => time)).toEqual([1, 2, 4, 5]);
  expect([...hidden]).toEqual([
    ["m2", 2],
    ["m5", 1],
  ]);
});

test("those that one asked to see are shown, each by itself", () => {
  const all = [blocked(1), blocked(2)];
  expect(foldBlocked(all, { [unhiddenKey(all[0]!)]: true })).toEqual({ messages: all, hidden: new Map() });
});
