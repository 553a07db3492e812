/** What must hold in the end beyond both nodes showing the same. Each check answers with what is wrong. */
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Id, Message } from "@multichat/client";
import type { TestNode } from "../support/test-node.ts";
import type { Expected } from "./expected.ts";
import { type Projection, timeline } from "./projection.ts";
import { expiringMark } from "./texts.ts";

/** Nothing that was answered is lost, and of each thing the last word stands. */
export function lost(expected: Expected, shown: Projection): string[] {
  const problems: string[] = [];
  const messages = new Map<Id, Message>();
  for (const [part, text] of shown) {
    if (!part.startsWith("message ")) continue;
    const message = JSON.parse(text) as Message;
    messages.set(message.id, message);
  }
  for (const { id, expires } of expected.written)
    if (!expires && !expected.deleted.has(id) && !messages.has(id)) problems.push(`${id} is lost`);
  for (const [slot, { value }] of expected.slots()) {
    const [about, id, account, emoji] = slot.split(" ") as [string, Id, Id, string];
    const message = messages.get(id);
    if (message === undefined) continue;
    if (about === "gone") {
      if (message.deleted === null || message.text !== "")
        problems.push(`${id} was deleted and is there`);
    } else if (expected.deleted.has(id)) continue;
    else if (about === "text" && message.text !== value)
      problems.push(`${id} reads "${message.text}" and not "${String(value)}"`);
    else if (about === "reaction") {
      const found =
        message.reactions
          .find((one) => one.emoji === emoji)
          ?.people.some((person) => person.id === account) === true;
      if (found !== value) problems.push(`${emoji} of ${account} on ${id}: ${found}`);
    } else if (about === "vote") {
      const { options } = message.view as { options: { people: { id: Id }[] }[] };
      const chosen = options.flatMap(({ people }, i) =>
        people.some((person) => person.id === account) ? [i] : [],
      );
      if (String(chosen) !== String(value))
        problems.push(`the vote of ${account} on ${id}: ${String(chosen)}`);
    }
  }
  return problems;
}

/** What is counted as unread is what is there: after reading to the end, and after going back to the middle. */
export async function unread(node: TestNode, space: Id): Promise<string[]> {
  const problems: string[] = [];
  const { channels } = await node.call("channel.list", { space });
  for (const { id, name } of channels) {
    const all: Message[] = [];
    for await (const message of timeline(node, id)) all.push(message);
    const ordered = all.toSorted((a, b) => (a.position < b.position ? -1 : 1));
    const newest = ordered.at(-1);
    if (newest === undefined) continue;
    const read = (await node.call("read.mark", { channel: id, message: newest.id })).channel;
    if (read.unread !== 0 || read.mentions !== 0)
      problems.push(`#${name} is read, with ${read.unread} unread and ${read.mentions} mentions`);
    const middle = Math.max(0, ordered.length - 5_000);
    await node.call("read.unmark", { message: ordered[middle]!.id });
    const after = ordered.slice(middle);
    const counted = (await node.call("channel.list", { space })).channels.find(
      (one) => one.id === id,
    )!;
    const others = after.filter(({ own }) => !own).length;
    if (counted.unread !== others)
      problems.push(`#${name} has ${counted.unread} unread of ${others}`);
  }
  return problems;
}

/** Of what has expired nothing is left in any file of a node that has stopped. */
export async function leftBehind(dataDir: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const path = join(name.parentPath, name.name);
    const bytes = await readFile(path);
    for (
      let at = bytes.indexOf(expiringMark);
      at !== -1;
      at = bytes.indexOf(expiringMark, at + 1)
    ) {
      const around = bytes
        .toString("latin1", Math.max(0, at - 40), at + 80)
        .replaceAll(/[^ -~]/g, ".");
      found.push(`${path} holds at ${at} what has expired: ${around}`);
    }
  }
  return found;
}
