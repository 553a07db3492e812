import type { Command } from "commander";
import { columns } from "../columns.ts";
import type { CliHost } from "../host.ts";
import { resolveSpace } from "../resolve.ts";
import { verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";
import { addChannelRules } from "./channel-rules.ts";

export function addChannelVerbs(program: Command, host: CliHost): void {
  const channel = program.command("channel").description("the channels of a workspace");
  addChannelRules(channel, host);

  verb(channel, "create", "create a channel")
    .argument("<space>", "name or id")
    .argument("<name>")
    .action((given: string, name: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const space = await resolveSpace(client, given);
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
        const { channels } = await client.call("channel.list", { space: space.id });
        const rows = channels.map(({ id, name, topic, unread }) => [
          `#${name}`,
          unread === 0 ? "" : `${unread} unread`,
          id.slice(0, 12),
          topic,
        ]);
        print(
          {
            channels: channels.map(({ id, name, topic, unread }) => ({ id, name, topic, unread })),
          },
          columns(rows),
        );
      }),
    );
}
