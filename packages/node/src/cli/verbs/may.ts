import type { Command } from "commander";
import type { CliHost } from "../host.ts";
import { checkPermissions } from "../permissions.ts";
import { resolveChannel, resolveMember, resolveSpace } from "../resolve.ts";
import { verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";

export function addMayVerb(program: Command, host: CliHost): void {
  verb(program, "may", "say whether a member may do something, and why not")
    .argument("<space>", "name or id")
    .argument("<member>", "a name if it is unique, a petname or an account id")
    .argument("<permission>", "as send, pin or kick")
    .option("--channel <channel>", "in this channel")
    .action((given: string, memberGiven: string, permission: string, { channel, ...options }: VerbOptions & { channel?: string }) =>
      withNode(host, options, async ({ client, print }) => {
        const space = await resolveSpace(client, given);
        checkPermissions(space, [permission]);
        const who = await resolveMember(client, space, memberGiven);
        const place = channel === undefined ? null : await resolveChannel(client, given, channel);
        const { allowed, why } = await client.call("permissions.check", {
          space: space.id,
          account: who.id,
          permission,
          ...(place === null ? {} : { channel: place.id }),
        });
        print({ allowed, why }, allowed ? `${who.name} may ${permission}.` : `${who.name} may not ${permission}. ${why}`);
      }),
    );
}
