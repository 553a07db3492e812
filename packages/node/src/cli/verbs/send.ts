import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
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
  file?: string[];
  alt?: string[];
  once?: true;
}

export function addSendVerb(program: Command, host: CliHost): void {
  verb(program, "send", "send a message; done when it is on this device's disk")
    .argument("<space>", "name or id")
    .argument("<channel>", "name or id")
    .argument("[text]", "the message in quotes, or - to read it from stdin; may be missing with --file")
    .option("--reply <id>", "answers this message")
    .option("--thread <id>", "in the thread on this message")
    .option("--also", "with --thread: in the channel too")
    .option("--expires <time>", "disappears after this: 10s, 5m, 12h, 7d; never: when the channel says", duration)
    .option("--file <path>", "with this file; may be given more than once", (path: string, before: string[] | undefined) => [...(before ?? []), path])
    .option("--alt <text>", "what the picture shows, for those who do not see it; the first is of the first --file, and so on", (text: string, before: string[] | undefined) => [...(before ?? []), text])
    .option("--once", "with --file: whoever has looked at the files once does not keep them")
    .action((space: string, channel: string, given: string | undefined, options: SendOptions) =>
      withNode(host, options, async ({ client, print, access }) => {
        const target = await resolveChannel(client, space, channel);
        if (given === undefined && options.file === undefined) throw new CliError("bad-request", "There is nothing to send: give a text, or --file.");
        if ((options.alt?.length ?? 0) > (options.file?.length ?? 0)) throw new CliError("bad-request", "Each --alt is of a --file: there are fewer of those.");
        if (options.also && options.thread === undefined) throw new CliError("bad-request", "--also is of a --thread: what is in none is in the channel anyway.");
        if (options.once && options.file === undefined) throw new CliError("bad-request", "--once is of a --file: a text stays. --expires lets it disappear.");
        const text = given === undefined ? "" : await argumentOrStdin(host, given);
        // Loaded here, so that `--help` does without.
        const { handOver } = await import("../files.ts");
        const files = [];
        for (const [i, path] of (options.file ?? []).entries()) {
          const alt = options.alt?.[i] ?? "";
          files.push({ ...(await handOver(access, path)), ...(alt !== "" && { shape: { alt } }) });
        }
        const { message } = await client.call("message.send", {
          channel: target.id,
          text,
          ...(options.reply !== undefined && { reply: options.reply }),
          ...(options.thread !== undefined && { thread: options.thread }),
          ...(options.also && { also: true }),
          ...(files.length > 0 && { files, ...(options.once && { once: true }) }),
          ...(options.expires && { expiresIn: options.expires }),
        });
        print({ message: { id: message.id } }, `Sent to #${target.name}.`);
      }),
    );
}
