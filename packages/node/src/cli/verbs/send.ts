import type { Command } from "commander";
import type { CliHost } from "../host.ts";
import { resolveChannel } from "../resolve.ts";
import { argumentOrStdin } from "../stdin.ts";
import { verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";
import { duration } from "../duration.ts";

interface SendOptions extends VerbOptions {
  reply?: string;
  thread?: string;
  also?: true;
  expires?: number;
}

export function addSendVerb(program: Command, host: CliHost): void {
  verb(program, "send", "send a message; done when it is on this device's disk")
    .argument("<space>", "name or id")
    .argument("<channel>", "name or id")
    .argument("<text>", "the message in quotes, or - to read it from stdin")
    .option("--reply <id>", "answers this message")
    .option("--thread <id>", "in the thread on this message")
    .option("--also", "with --thread: in the channel too")
    .option("--expires <time>", "disappears after this: 10s, 5m, 12h, 7d", duration)
    .action((space: string, channel: string, given: string, options: SendOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const target = await resolveChannel(client, space, channel);
        const text = await argumentOrStdin(host, given);
        const { message } = await client.call("message.send", {
          channel: target.id,
          text,
          ...(options.reply !== undefined && { reply: options.reply }),
          ...(options.thread !== undefined && { thread: options.thread }),
          ...(options.also && { also: true }),
          ...(options.expires !== undefined && { expiresIn: options.expires }),
        });
        print({ message: { id: message.id } }, `Sent to #${target.name}.`);
      }),
    );
}
