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
    senderOf: (message) => message.split(" ")[0]!,
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
  expect(handled).toEqual(many(sliceMs));
  turn();
  turn();
  expect(handled).toEqual(many(sliceMs * 2 + 1));
  turn();
  expect(turns).toEqual([]);
});

test("what is urgent overtakes a flood, at the next turn", () => {
  const { inbox, handled, turn } = rig();
  inbox.add(many(sliceMs * 3));
  inbox.add(["!first", "frame x", "!second"]);
  expect(handled).toHaveLength(sliceMs);
  turn();
  expect(handled.slice(sliceMs, sliceMs + 2)).toEqual(["!first", "!second"]);
  expect(handled[sliceMs + 2]).toBe(`frame ${sliceMs}`);
});

test("in a flood of one sender's each of the others has its turn, in its order", () => {
  const { inbox, handled, turn } = rig();
  inbox.add(many(sliceMs * 3));
  inbox.add([...many(2, "alice"), ...many(1, "bob")]);
  turn();
  turn();
  expect(handled.slice(sliceMs)).toEqual(["frame 4", "alice 0", "bob 0", "frame 5", "alice 1", "frame 6", "frame 7", "frame 8"]);
});

test("one that comes alone is dealt with at once, the next in the same turn with the turn after", () => {
  const { inbox, handled, turn } = rig();
  inbox.add(["a"]);
  inbox.add(["!b"]);
  expect(handled).toEqual(["a"]);
  turn();
  expect(handled).toEqual(["a", "!b"]);
});

test("what a handler puts off is done after all that is urgent, and before the rest", () => {
  const order: string[] = [];
  const inbox = createInbox<string>({
    handle(message) {
      order.push(message);
      if (message.startsWith("!")) inbox.afterUrgent(() => void order.push(`after ${message}`));
    },
    isUrgent: (message) => message.startsWith("!"),
    senderOf: () => "",
    soon: () => {},
    now: () => 0,
  });
  inbox.add(["x", "!a", "!b"]);
  expect(order).toEqual(["!a", "!b", "after !a", "after !b", "x"]);
});

test("what is put off while that is done has its turn, though nothing else comes", () => {
  const turns: (() => void)[] = [];
  const order: string[] = [];
  const inbox = createInbox<string>({
    handle: () =>
      inbox.afterUrgent(() => {
        order.push("first");
        inbox.afterUrgent(() => void order.push("second"));
      }),
    isUrgent: () => true,
    senderOf: () => "",
    soon: (work) => void turns.push(work),
    now: () => 0,
  });
  inbox.add(["!one"]);
  expect(order).toEqual(["first"]);
  turns.shift()!();
  expect(order).toEqual(["first", "second"]);
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
    senderOf: () => "",
    soon: (work) => void turns.push(work),
    now: () => 0,
  });
  inbox.add(["!one"]);
  expect(handled).toEqual(["!one"]);
  turns.shift()!();
  expect(handled).toEqual(["!one", "!two"]);
});

test("after clearing nothing more is handled", () => {
  const { inbox, handled, turn } = rig();
  inbox.add(many(sliceMs * 2));
  inbox.clear();
  turn();
  expect(handled).toEqual(many(sliceMs));
});
