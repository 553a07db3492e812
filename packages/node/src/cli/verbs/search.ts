import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import type { CliHost } from "../host.ts";
import { oneLine } from "../printable.ts";
import { resolveChannel, resolveMember, resolvePerson, resolveSpace } from "../resolve.ts";
import { isoDay, timeOfDay } from "../times.ts";
import { type VerbOptions, verb, withNode } from "../verb.ts";
import { wholeNumber } from "../whole-number.ts";

interface SearchOptions extends VerbOptions {
  space?: string;
  channel?: string;
  from?: string;
  limit: number;
  best?: true;
}

export function addSearchVerb(program: Command, host: CliHost): void {
  verb(program, "search", "find messages held here, the newest first")
    .argument("<query>", 'words; in quotation marks they stand together: \'"release notes" draft\'')
    .option("--space <s>", "only in this workspace: name or id")
    .option("--channel <c>", "only in this channel of it (needs --space)")
    .option("--from <m>", "only by this person")
    .option("--limit <n>", "how many at most", wholeNumber(1), 25)
    .option("--best", "the best match first")
    .action((query: string, options: SearchOptions) =>
      withNode(host, options, async ({ client, print }) => {
        if (options.channel !== undefined && options.space === undefined) throw new CliError("bad-request", "Say with --space which workspace the channel is in.");
        const space = options.space === undefined ? null : await resolveSpace(client, options.space);
        const channel = options.channel === undefined ? null : await resolveChannel(client, options.space!, options.channel);
        const from = options.from === undefined ? null : await (space === null ? resolvePerson(client, options.from) : resolveMember(client, space, options.from));
        const { hits, total, order } = await client.call("search", {
          query,
          limit: Math.min(100, options.limit),
          ...(options.best && { relevance: true }),
          ...(channel !== null ? { channel: channel.id } : space !== null && { space: space.id }),
          ...(from !== null && { from: from.id }),
        });
        const found = hits.map(({ message, channelName, spaceName, snippet, files }) => ({
          message: message.id,
          channel: { id: message.channel, name: channelName },
          space: { id: message.space, name: spaceName },
          author: { id: message.author.id, name: message.author.name },
          imported: message.imported,
          time: message.time,
          snippet,
          files: files.map(({ name, alt }) => ({ name, alt: alt?.snippet ?? null })),
        }));
        const lines = found.map(({ author, imported, channel: { name }, time, snippet, files, message }) => {
          const named = files.map((file) => `[${file.name}${file.alt === null ? "" : `: ${file.alt}`}]`);
          const words = [snippet, ...named].filter((part) => part !== "").join(" ");
          return `${isoDay(time)} ${timeOfDay(time)}  #${oneLine(name)}  ${oneLine(imported?.author ?? author.name)}: ${oneLine(words)}  (${message.slice(0, 12)})`;
        });
        print({ hits: found, total, order }, lines.length === 0 ? "Nothing found." : lines.join("\n"));
      }),
    );
}
