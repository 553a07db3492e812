import type { Client } from "@multichat/client";
import type { Message } from "@multichat/client/contract";
import type { Command } from "commander";
import type { CliHost } from "../host.ts";
import { messageWords, toRow } from "../message-rows.ts";
import { resolveChannel } from "../resolve.ts";
import { untilInterrupted } from "../until-interrupted.ts";
import { verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";

export function addTailVerb(program: Command, host: CliHost): void {
  verb(
    program,
    "tail",
    "print new messages as they come, until Ctrl-C; with --json one line for each",
  )
    .argument("<space>", "name or id")
    .argument("<channel>", "name or id")
    .action((space: string, channel: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const target = await resolveChannel(client, space, channel);
        let previous: Message | undefined;
        await follow(client, host, target.id, (message) => {
          print({ message: toRow(message) }, messageWords(message, previous));
          previous = message;
        });
      }),
    );
}

/** Tells each message once that comes after now, until the person stops it. */
async function follow(
  client: Client,
  host: CliHost,
  channel: string,
  tell: (message: Message) => void,
): Promise<void> {
  const page = await client.call("message.list", { channel, limit: 1 });
  const start = page.messages.at(-1)?.position;
  const told = new Set<string>();

  const hear = (messages: Message[]): void => {
    for (const message of messages) {
      // A push also tells of changes to what was there before; what comes late belongs before the start, but is new.
      const isNew = start === undefined || message.position > start || message.late;
      if (!isNew || message.wanted || told.has(message.id)) continue;
      told.add(message.id);
      tell(message);
    }
  };

  const ended = untilInterrupted(client, host);
  client.on("messages", (push) => {
    if (push.channel === channel) hear(push.messages);
  });
  await client.call("watch", { channels: [channel] });
  // What came between the first question and the watch.
  const missed = await client.call("message.list", {
    channel,
    ...(start === undefined ? {} : { after: start }),
  });
  hear(missed.messages);
  await ended;
}
