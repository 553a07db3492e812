import type { Client } from "@multichat/client";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { columns } from "../columns.ts";
import type { CliHost } from "../host.ts";
import { refuseUnreadable, resolvePeople } from "../resolve.ts";
import { argumentOrStdin } from "../stdin.ts";
import { verb, withNode } from "../verb.ts";
import type { NodeVerb, VerbOptions } from "../verb.ts";

export function addDirectVerb(program: Command, host: CliHost): void {
  verb(program, "dm", "write to somebody directly; without arguments, list your conversations")
    .argument("[member]", "a petname, a name if it is unique, or an account id; several with commas between them")
    .argument("[text]", "the message in quotes, or - to read it from stdin")
    .action((given: string | undefined, text: string | undefined, options: VerbOptions) =>
      withNode(host, options, async (node) => {
        if (given === undefined) return list(node);
        if (text === undefined) throw new CliError("bad-request", "There is nothing to send. Put the message in quotes behind the name.");
        const people = await resolvePeople(node.client, given);
        const message = await argumentOrStdin(host, text);
        const { space, channel } = await node.client.call("dm.open", { accounts: people.map(({ id }) => id) });
        const sent = await node.client.call("message.send", { channel: channel.id, text: message });
        node.print({ message: { id: sent.message.id }, space: { id: space.id }, channel: { id: channel.id } }, `Sent to ${space.name}.`);
      }),
    );
}

async function list({ client, print, hint }: NodeVerb): Promise<void> {
  const { spaces } = await client.call("space.list", {});
  if (spaces.length === 0) await refuseUnreadable(client);
  const direct = spaces.filter(({ kind }) => kind === "direct");
  const conversations = await Promise.all(direct.map(async ({ id, name, people, unread, replacedBy }) => ({ id, name, people, unread, replacedBy, channel: await onlyChannel(client, id) })));
  print(
    { conversations },
    conversations.length === 0
      ? `No conversations yet: ${hint('multichat dm NAME "TEXT"')}`
      : columns(conversations.map(({ name, unread, id }) => [name, unread === 0 ? "" : `${unread} unread`, id.slice(0, 12)])),
  );
}

async function onlyChannel(client: Client, space: string): Promise<string | null> {
  const { channels } = await client.call("channel.list", { space });
  return channels[0]?.id ?? null;
}
