import { expect, test } from "vitest";
import { createInbox, sliceMs } from "./inbox.ts";

/** Every message takes a millisecond. */
function rig() {
  const turns: (() => void)[] = [];
  const handled: string[] = [];
  let time = 0;
  const inbox = createInbox<string>({
    handle(message) {
      handled.push(message);
      time++;
    },
    isUrgent: (message) => message.startsWith("!"),
    soon: (work) => void turns.push(work),
    now: () => time,
  });
  return { inbox, handled, turn: () => turns.shift()?.(), turns };
}

const many = (count: number, name = "frame"): string[] =>
  Array.from({ length: count }, (_, i) => `${name} ${i}`);

test("a flood is worked off in slices, in order, and nothing twice", () => {
  const { inbox, handled, turn, turns } = rig();
  inbox.add(many(sliceMs * 2 + 1));
  expect(handled).toEqual([]);
  turn();
  expect(handled).toEqual(many(sliceMs));
  turn();
  turn();
  expect(handled).toEqual(many(sliceMs * 2 + 1));
  expect(turns).toEqual([]);
});

test("what is urgent overtakes a flood, at the next turn", () => {
  const { inbox, handled, turn } = rig();
  inbox.add(many(sliceMs * 3));
  turn();
  inbox.add(["!first", "frame x", "!second"]);
  turn();
  expect(handled.slice(sliceMs, sliceMs + 2)).toEqual(["!first", "!second"]);
  expect(handled[sliceMs + 2]).toBe(`frame ${sliceMs}`);
});

test("what comes while a slice runs waits for the next", () => {
  const turns: (() => void)[] = [];
  const handled: string[] = [];
  const inbox = createInbox<string>({
    handle(message) {
      handled.push(message);
      if (message === "!one") inbox.add(["!two"]);
    },
    isUrgent: () => true,
    soon: (work) => void turns.push(work),
    now: () => 0,
  });
  inbox.add(["!one"]);
  turns.shift()!();
  expect(handled).toEqual(["!one"]);
  turns.shift()!();
  expect(handled).toEqual(["!one", "!two"]);
});

test("after clearing nothing more is handled", () => {
  const { inbox, handled, turn } = rig();
  inbox.add(many(sliceMs * 2));
  turn();
  inbox.clear();
  turn();
  expect(handled).toEqual(many(sliceMs));
});
