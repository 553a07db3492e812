import type { Client } from "@multichat/client";
import type { Message } from "@multichat/client/contract";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import type { CliHost } from "../host.ts";
import { messageWords, toRow } from "../message-rows.ts";
import { resolveChannel } from "../resolve.ts";
import { verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";
import { wholeNumber } from "../whole-number.ts";

interface ReadOptions extends VerbOptions {
  limit: number;
  before?: string;
  thread?: string;
}

/** A channel, or a thread in it. */
interface Place {
  channel: string;
  thread?: string;
}

/** The node's largest page. */
const pageSize = 200;

export function addReadVerb(program: Command, host: CliHost): void {
  verb(program, "read", "show a channel's messages, oldest first")
    .argument("<space>", "name or id")
    .argument("<channel>", "name or id")
    .option("--limit <n>", "how many of the newest", wholeNumber(1), 50)
    .option("--thread <id>", "the replies to this message")
    .option("--before <id>", "only those before this message: its id or position")
    .action((space: string, channel: string, options: ReadOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const target = await resolveChannel(client, space, channel);
        const place = { channel: target.id, ...(options.thread !== undefined && { thread: options.thread }) };
        const before = options.before && (await positionOf(client, place, options.before));
        const messages = await newest(client, place, options.limit, before);
        const words = messages.map((message, index) => messageWords(message, messages[index - 1]));
        print(
          { messages: messages.map(toRow) },
          messages.length === 0 ? `No messages in #${target.name}.` : words.join("\n"),
        );
      }),
    );
}

/** The newest `limit` messages before a position, oldest first. */
async function newest(
  client: Client,
  place: Place,
  limit: number,
  before?: string,
): Promise<Message[]> {
  const pages: Message[][] = [];
  let missing = limit;
  for await (const page of backwards(client, place, limit, before)) {
    pages.unshift(page);
    missing -= page.length;
    if (missing <= 0) break;
  }
  return pages.flat().slice(-limit);
}

/** Messages are addressed by position; one known only by its id is looked for from the newest on. */
async function positionOf(client: Client, place: Place, given: string): Promise<string> {
  if (!/^[0-9a-f]{64}$/.test(given)) return given;
  for await (const page of backwards(client, place, pageSize)) {
    const found = page.find(({ id }) => id === given);
    if (found !== undefined) return found.position;
  }
  throw new CliError("not-found", "There is no message with this id in this channel.");
}

/** Pages from the newest back to the oldest; each is oldest first. */
async function* backwards(
  client: Client,
  place: Place,
  limit: number,
  before?: string,
): AsyncGenerator<Message[]> {
  let end = before;
  for (;;) {
    const { messages, hasOlder } = await client.call("message.list", {
      ...place,
      limit: Math.min(limit, pageSize),
      ...(end === undefined ? {} : { before: end }),
    });
    yield messages;
    end = messages[0]?.position;
    if (!hasOlder || end === undefined) return;
  }
}
