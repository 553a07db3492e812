/** What is done with a message once it is written: `react`, `edit`, `delete`, `pin`, `history`. */
import type { Client } from "@multichat/client";
import type { Message } from "@multichat/client/contract";
import { namedText } from "../../export/export-message.ts";
import type { Command } from "commander";
import type { CliHost } from "../host.ts";
import { toRow } from "../message-rows.ts";
import { printable } from "../printable.ts";
import { argumentOrStdin } from "../stdin.ts";
import { isoDay, timeOfDay } from "../times.ts";
import { type VerbOptions, verb, withNode } from "../verb.ts";

interface Undoable extends VerbOptions {
  off?: true;
}

export function addMessageVerbs(program: Command, host: CliHost): void {
  /** A verb about one message, which answers with what that has become. */
  const about = (options: VerbOptions, act: (client: Client) => Promise<{ message: Message }>, words: string) =>
    withNode(host, options, async ({ client, print }) => {
      const { message } = await act(client);
      print({ message: toRow(message) }, words);
    });

  verb(program, "react", "react to a message with an emoji")
    .argument("<message>", "its id")
    .argument("<emoji>")
    .option("--off", "take it back")
    .action((message: string, emoji: string, options: Undoable) =>
      about(options, (client) => client.call("reaction.set", { message, emoji, on: options.off !== true }), options.off ? "Taken back." : "Done."),
    );
  verb(program, "edit", "change a message of your own")
    .argument("<message>", "its id")
    .argument("<text>", "the new text in quotes, or - to read it from stdin")
    .action((message: string, given: string, options: VerbOptions) =>
      about(options, async (client) => client.call("message.edit", { message, text: await argumentOrStdin(host, given) }), "Changed."),
    );
  verb(program, "delete", "delete a message for everyone")
    .argument("<message>", "its id")
    .action((message: string, options: VerbOptions) => about(options, (client) => client.call("message.delete", { message }), "Deleted."));
  verb(program, "pin", "pin a message to its channel")
    .argument("<message>", "its id")
    .option("--off", "unpin it")
    .action((message: string, options: Undoable) =>
      about(options, (client) => client.call("pin.set", { message, on: options.off !== true }), options.off ? "Unpinned." : "Pinned."),
    );
  verb(program, "history", "every text a message has had, the first first")
    .argument("<message>", "its id")
    .action((message: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const { versions: all } = await client.call("message.history", { message });
        const versions = all.map(({ text, mentions, at }) => ({ text: namedText({ text, mentions }), at }));
        print({ versions }, versions.map(({ text, at }) => `-- ${isoDay(at)} ${timeOfDay(at)} --\n${printable(text)}`).join("\n"));
      }),
    );
}
