import type { Client } from "@multichat/client";
import type { Channel, Override, OverrideSubject, Space } from "@multichat/client/contract";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { columns } from "../columns.ts";
import { duration } from "../duration.ts";
import { durationWords } from "../times.ts";
import type { CliHost } from "../host.ts";
import { checkPermissions, permissionList } from "../permissions.ts";
import { resolveChannel, resolveMember, resolveSpace } from "../resolve.ts";
import { verb, withNode } from "../verb.ts";
import type { NodeVerb, VerbOptions } from "../verb.ts";
import { wholeNumber } from "../whole-number.ts";
import { resolveRole } from "./role.ts";

interface OverrideOptions extends VerbOptions {
  role?: string;
  member?: string;
  everyone?: true;
  allow?: string[];
  deny?: string[];
}

interface Named {
  role: string | undefined;
  member: string | undefined;
  everyone: true | undefined;
}

interface SwitchOptions extends VerbOptions {
  off?: true;
}

/** What channels allow, beside making and listing them. */
export function addChannelRules(channel: Command, host: CliHost): void {
  const withChannel = (space: string, given: string, options: VerbOptions, action: (node: NodeVerb, found: Channel) => Promise<void>) =>
    withNode(host, options, async (node) => action(node, await resolveChannel(node.client, space, given)));
  const onChannel = (name: string, description: string): Command =>
    verb(channel, name, description).argument("<space>", "name or id").argument("<channel>", "name or id");

  onChannel("override", "allow or deny something in one channel; without --allow and --deny, inherit again")
    .option("--role <role>", "to those with this role")
    .option("--member <member>", "to this member")
    .option("--everyone", "to everyone")
    .option("--allow <permissions>", "with commas between", permissionList)
    .option("--deny <permissions>", "with commas between", permissionList)
    .action((given: string, channelGiven: string, { allow = [], deny = [], role, member, everyone, ...options }: OverrideOptions) =>
      withChannel(given, channelGiven, options, async ({ client, print }, found) => {
        const space = await resolveSpace(client, given);
        checkPermissions(space, [...allow, ...deny]);
        const subject = await subjectOf(client, space, { role, member, everyone });
        if (subject === null && allow.length + deny.length > 0) throw new CliError("bad-request", "Say for whom: --role R, --member M or --everyone.");
        const { overrides } =
          subject === null
            ? await client.call("override.list", { channel: found.id })
            : await client.call("channel.override", { channel: found.id, subject, allow, deny });
        const rows = overrides.map((one) => [subjectWords(one), one.allow.map((name) => `+${name}`).join(" "), one.deny.map((name) => `-${name}`).join(" ")]);
        print({ overrides }, overrides.length === 0 ? `#${found.name} has no rules of its own.` : columns(rows));
      }),
    );

  onChannel("lock", "let only those write who may manage the channel")
    .option("--off", "unlock it")
    .action((given: string, channelGiven: string, { off, ...options }: SwitchOptions) =>
      withChannel(given, channelGiven, options, async ({ client, print }, { id }) => {
        const { channel: now } = await client.call("channel.lock", { channel: id, on: off === undefined });
        print({ channel: brief(now) }, `#${now.name} is ${now.locked ? "locked" : "open"}.`);
      }),
    );

  onChannel("slow", "set how long everyone waits between two messages")
    .argument("<seconds>", "0 for no limit", wholeNumber(0, 86_400))
    .action((given: string, channelGiven: string, seconds: number, options: VerbOptions) =>
      withChannel(given, channelGiven, options, async ({ client, print }, { id }) => {
        const { channel: now } = await client.call("channel.slow", { channel: id, seconds });
        print({ channel: brief(now) }, now.slow === 0 ? `#${now.name} has no slow mode.` : `In #${now.name} everyone waits ${now.slow} s between two messages.`);
      }),
    );

  onChannel("retention", "let messages disappear everywhere after a time")
    .argument("<time>", "90s, 30m, 12h, 7d, 2w or never", duration)
    .action((given: string, channelGiven: string, time: number, options: VerbOptions) =>
      withChannel(given, channelGiven, options, async ({ client, print }, { id }) => {
        const { channel: now } = await client.call("channel.retention", { channel: id, seconds: Math.floor(time / 1000) });
        print({ channel: { ...brief(now), retention: now.retention } }, now.retention === 0 ? `Messages in #${now.name} stay.` : `Messages in #${now.name} disappear after ${durationWords(now.retention)}.`);
      }),
    );

  onChannel("archive", "close a channel; it stays readable")
    .option("--off", "open it again")
    .action((given: string, channelGiven: string, { off, ...options }: SwitchOptions) =>
      withChannel(given, channelGiven, options, async ({ client, print }, { id }) => {
        const { channel: now } = await client.call("channel.archive", { channel: id, on: off === undefined });
        print({ channel: brief(now) }, `#${now.name} is ${now.archived ? "archived" : "open"}.`);
      }),
    );

  onChannel("rename", "give a channel another name")
    .argument("<name>", "what it is called from now on")
    .action((given: string, channelGiven: string, name: string, options: VerbOptions) =>
      withChannel(given, channelGiven, options, async ({ client, print }, { id }) => {
        const { channel: now } = await client.call("channel.rename", { channel: id, name });
        print({ channel: brief(now) }, `It is #${now.name} now.`);
      }),
    );
}

function brief({ id, name, archived, locked, slow }: Channel): object {
  return { id, name, archived, locked, slow };
}

/** A member may be called like a role. */
function subjectWords({ subject, name }: Override): string {
  return "everyone" in subject ? "everyone" : `${"role" in subject ? "role" : "member"} ${name}`;
}

/** Null: nobody was named. */
async function subjectOf(client: Client, space: Space, { role, member, everyone }: Named): Promise<OverrideSubject | null> {
  if ([role, member, everyone].filter((one) => one !== undefined).length > 1) throw new CliError("bad-request", "Name one of --role, --member and --everyone.");
  if (everyone !== undefined) return { everyone: true };
  if (role !== undefined) return { role: (await resolveRole(client, space, role)).id };
  return member === undefined ? null : { account: (await resolveMember(client, space, member)).id };
}
