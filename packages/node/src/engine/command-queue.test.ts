import type { CommandName } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { commandsTogether, createCommandQueue } from "./command-queue.ts";

test("each command is answered before the next is carried out", () => {
  const happened: string[] = [];
  let flush = (): void => undefined;
  const queue = createCommandQueue({
    soon: (work) => void (flush = work),
    run(command) {
      happened.push(`run ${command}`);
      return { ok: true, value: {} as never };
    },
    sendAll(_channel, messages) {
      happened.push(`send ${messages.map(({ text }) => text).join()}`);
      return { ok: true, value: messages.map(() => ({}) as never) };
    },
  });
  const listener = { watching: new Map(), receive() {} };
  const add = (command: CommandName, params: object): void =>
    queue.add(command, params as never, listener, () => happened.push(`answer ${command}`));
  add("space.list", {});
  add("peer.list", {});
  add("message.send", { channel: "c", text: "one" });
  add("message.send", { channel: "c", text: "two" });
  expect(happened).toEqual([]);
  flush();
  expect(happened).toEqual([
    "run space.list",
    "answer space.list",
    "run peer.list",
    "answer peer.list",
    "send one,two",
    "answer message.send",
    "answer message.send",
  ]);
});

test("of many messages the first are answered while the rest waits for the next turn, in order", () => {
  const sent: number[] = [];
  const turns: (() => void)[] = [];
  const queue = createCommandQueue({
    soon: (work) => void turns.push(work),
    run: () => ({ ok: true, value: {} as never }),
    sendAll(_channel, messages) {
      sent.push(messages.length);
      return { ok: true, value: messages.map(({ text }) => ({ text }) as never) };
    },
  });
  const listener = { watching: new Map(), receive() {} };
  const answered: unknown[] = [];
  const add = (text: string): void =>
    queue.add("message.send", { channel: "c", text }, listener, (result) => answered.push(result));
  const texts = Array.from({ length: commandsTogether + 1 }, (_, i) => `message ${i}`);
  for (const text of texts) add(text);
  turns.shift()!();
  expect(sent).toEqual([commandsTogether]);
  add("last");
  turns.shift()!();
  expect(sent).toEqual([commandsTogether, 2]);
  expect(turns).toEqual([]);
  expect(answered).toEqual([...texts, "last"].map((text) => ({ ok: true, value: { text } })));
});
