import { resolve } from "node:path";
import { type Import, type ImportFormat, type ImportSummary, importFormats } from "@multichat/client/contract";
import { Argument, type Command } from "commander";
import { Interrupted, interruptedStatus } from "../cli-error.ts";
import type { CliHost } from "../host.ts";
import { oneLine } from "../printable.ts";
import { untilDone } from "../progress.ts";
import { resolveChannel, resolveSpace } from "../resolve.ts";
import { plural } from "../times.ts";
import { type VerbOptions, verb, withNode } from "../verb.ts";

/** Between two lines of progress, ms. */
const tellMs = 1000;

interface ImportOptions extends VerbOptions {
  into: string;
  channel?: string;
}

export function addImportVerb(program: Command, host: CliHost): void {
  verb(program, "import", "bring messages from elsewhere into a workspace, in their place in time")
    .addArgument(new Argument("<format>", "where they are from").choices(importFormats))
    .argument("<path>", "the export: a folder (slack, export), a file (irc, mbox), or either (discord)")
    .requiredOption("--into <space>", "name or id")
    .option("--channel <channel>", "all into this one (default: channels of the same names, made where they are missing)")
    .action((format: ImportFormat, path: string, options: ImportOptions) =>
      withNode(host, options, async ({ client, json, print }) => {
        const space = await resolveSpace(client, options.into);
        const channel = options.channel === undefined ? null : await resolveChannel(client, options.into, options.channel);
        const params = { format, path: resolve(path), space: channel?.space ?? space.id, ...(channel !== null && { channel: channel.id }) };
        let told = host.now();
        const seen = ({ step, detail, problems }: Import): void => {
          if (json) return;
          // All of them; the answer names the first.
          if (step === "failed") for (const { file, line, reason } of problems) host.stderr.write(`${oneLine(`${file}, line ${line}: ${reason}`)}\n`);
          if ((step !== "checking" && step !== "running") || host.now() - told < tellMs) return;
          told = host.now();
          host.stderr.write(`${oneLine(detail)}\n`);
        };
        // The first Ctrl-C ends it where nothing is half done; the second does not wait.
        let interrupts = 0;
        const done = host.onInterrupt(() => {
          if (++interrupts > 1) return host.forceExit(interruptedStatus);
          client.call("import.cancel", {}).catch(() => host.forceExit(interruptedStatus));
        });
        const { summary, step, detail } = await untilDone(client, "import", async () => (await client.call("import.start", params)).import, seen).finally(done);
        if (step === "cancelled") {
          host.stderr.write(`${oneLine(detail)}\n`);
          throw new Interrupted();
        }
        print({ import: { format, path: params.path, space: { id: space.id, name: space.name }, ...summary } }, summaryWords(summary));
      }),
    );
}

function summaryWords({ channels, messages, already, authors, replies, orphans, unlinked, reactions, files, edited, split, skipped }: ImportSummary): string {
  const notes: [count: number, words: string][] = [
    [already, "here already"],
    [replies, "in threads"],
    [orphans, "in the channel, because the beginning of their thread is not in the export"],
    [unlinked, "without what they answer, because it is not in the export"],
    [reactions, "with reactions, which stand in words below the text"],
    [edited, "changed once; only their last text is there"],
    [files, "files that are only named"],
    [split, "too long for one message, and now several"],
    ...skipped.map(({ what, count }): [number, string] => [count, `left out: ${what}`]),
  ];
  return [
    `Imported ${plural(messages, "message")} of ${authors} ${authors === 1 ? "person" : "people"}.`,
    ...channels.map((channel) => `  #${oneLine(channel.name)}: ${channel.messages}${channel.made ? " (a new channel)" : ""}`),
    ...notes.filter(([count]) => count > 0).map(([count, words]) => `  ${count} ${oneLine(words)}`),
  ].join("\n");
}
