import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { columns } from "../columns.ts";
import type { CliHost } from "../host.ts";
import { channelsOf, resolveChannel, resolveMembers, resolveSpace } from "../resolve.ts";
import { verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";
import { addChannelRules } from "./channel-rules.ts";

interface CreateOptions extends VerbOptions {
  private?: true;
  with?: string;
}

const withHelp = "who is in it besides you: names, petnames or account ids, with commas between them";

export function addChannelVerbs(program: Command, host: CliHost): void {
  const channel = program.command("channel").description("the channels of a workspace");
  addChannelRules(channel, host);

  verb(channel, "create", "create a channel")
    .argument("<space>", "name or id")
    .argument("<name>", "what it is called")
    .option("--private", "only those you let in know that it is there")
    .option("--with <members>", withHelp)
    .action((given: string, name: string, options: CreateOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const space = await resolveSpace(client, given);
        if (options.with !== undefined && options.private === undefined) throw new CliError("bad-request", "--with is for private channels: add --private.");
        if (options.private) {
          const members = await resolveMembers(client, space, options.with ?? "");
          const made = await client.call("private.create", { space: space.id, name: name.replace(/^#/, ""), members: members.map(({ id }) => id) });
          const { channel: inside } = made;
          return print(
            { channel: { id: inside.id, name: inside.name, space: made.space.id, private: true } },
            `Created the private channel #${inside.name} in ${space.name}${among(members)}.`,
          );
        }
        const wanted = { space: space.id, name: name.replace(/^#/, "") };
        const created = (await client.call("channel.create", wanted)).channel;
        print(
          { channel: { id: created.id, name: created.name } },
          `Created #${created.name} in ${space.name}.`,
        );
      }),
    );

  verb(channel, "list", "list a workspace's channels")
    .argument("<space>", "name or id")
    .action((given: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const space = await resolveSpace(client, given);
        const channels = await channelsOf(client, space);
        const rows = channels.map(({ id, name, topic, unread, private: isPrivate, archived }) => [
          `#${name}`,
          isPrivate ? "private" : archived ? "archived" : "",
          unread === 0 ? "" : `${unread} unread`,
          id.slice(0, 12),
          topic,
        ]);
        print(
          {
            channels: channels.map(({ id, name, topic, unread, space: of, private: isPrivate, archived }) => ({ id, name, topic, unread, space: of, private: isPrivate, archived })),
          },
          columns(rows),
        );
      }),
    );

  verb(channel, "private", "turn a channel private: a new one takes its place, and the old one is archived")
    .argument("<space>", "name or id")
    .argument("<channel>", "name or id")
    .option("--with <members>", withHelp)
    .action((given: string, channelGiven: string, options: CreateOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const space = await resolveSpace(client, given);
        const before = await resolveChannel(client, given, channelGiven);
        const members = await resolveMembers(client, space, options.with ?? "");
        const made = await client.call("channel.make-private", { channel: before.id, members: members.map(({ id }) => id) });
        print(
          { channel: { id: made.channel.id, name: made.channel.name, space: made.space.id, private: true }, archived: { id: before.id }, notice: made.notice },
          `#${made.channel.name} is private from now on${among(members)}. ${made.notice}`,
        );
      }),
    );
}

function among(members: readonly { name: string }[]): string {
  return members.length === 0 ? "" : `, with ${members.map(({ name }) => name).join(", ")}`;
}
