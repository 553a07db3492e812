import type { CommandName } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { createCommandQueue } from "./command-queue.ts";

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
