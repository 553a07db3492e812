import type { Client } from "@multichat/client";
import type { JoinRequest, Space } from "@multichat/client/contract";
import type { Command } from "commander";
import { columns } from "../columns.ts";
import type { CliHost } from "../host.ts";
import { pickPerson, resolveSpace } from "../resolve.ts";
import { relativeTime } from "../times.ts";
import { verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";

interface DenyOptions extends VerbOptions {
  override?: true;
}

const whoHelp = "the name they ask with if it is unique, a petname or an account id";

/** Who asks to be let into a workspace where joining needs an approval. */
export function addMemberRequestVerbs(member: Command, host: CliHost): void {
  verb(member, "requests", "list who asks to join")
    .argument("<space>", "name or id")
    .action((given: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const space = await resolveSpace(client, given);
        const { requests } = await client.call("join.requests", { space: space.id });
        const rows = requests.map(({ person, role, invitedBy, at, connected }) => [
          person.name,
          `as ${role}`,
          `with an invite by ${invitedBy.name}`,
          `asked ${relativeTime(at, host.now())}`,
          connected ? "" : "not in reach",
          person.id.slice(0, 12),
        ]);
        const nobody = space.approve
          ? "Nobody asks to join."
          : "Nobody has to ask: whoever has a valid invite is let in at once.";
        print({ requests }, requests.length === 0 ? nobody : columns(rows));
      }),
    );

  verb(member, "approve", "let somebody in who asks to join")
    .argument("<space>", "name or id")
    .argument("<who>", whoHelp)
    .action((given: string, who: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const space = await resolveSpace(client, given);
        const { id, person, role, connected } = await resolveJoinRequest(client, space, who);
        await client.call("join.approve", { space: space.id, request: id });
        const later = connected ? "" : " They are not in reach now, and learn of it when they are.";
        print({ account: person }, `${person.name} is let into ${space.name} as ${role}.${later}`);
      }),
    );

  verb(member, "deny", "do not let somebody in who asks to join; they are told")
    .argument("<space>", "name or id")
    .argument("<who>", whoHelp)
    .option("--override", "though this node has not heard from other members lately")
    .action((given: string, who: string, { override, ...options }: DenyOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const space = await resolveSpace(client, given);
        const { id, person } = await resolveJoinRequest(client, space, who);
        await client.call("join.deny", {
          space: space.id,
          request: id,
          ...(override ? { override } : {}),
        });
        print({ account: person }, `${person.name} is not let into ${space.name}.`);
      }),
    );
}

async function resolveJoinRequest(
  client: Client,
  space: Space,
  given: string,
): Promise<JoinRequest> {
  const { requests } = await client.call("join.requests", { space: space.id });
  const candidates = requests.map((request) => ({ ...request.person, chosenName: null, request }));
  return pickPerson("join request", candidates, given).request;
}
