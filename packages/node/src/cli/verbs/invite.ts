import type { Command } from "commander";
import type { Invite } from "@multichat/client/contract";
import { CliError } from "../cli-error.ts";
import { columns } from "../columns.ts";
import { duration } from "../duration.ts";
import type { CliHost } from "../host.ts";
import { resolveSpace } from "../resolve.ts";
import { plural, relativeTime } from "../times.ts";
import { wholeNumber } from "../whole-number.ts";
import { verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";
import { resolveRole } from "./role.ts";

interface CreateOptions extends VerbOptions {
  role?: string;
  uses?: number;
  expires?: number;
}

export function addInviteVerbs(program: Command, host: CliHost): void {
  const invite = program.command("invite").description("invite people to a workspace");

  verb(invite, "create", "make an invite link; whoever has it can join")
    .argument("<space>", "name or id")
    .option("--role <role>", "what they become (default: Member)")
    .option("--uses <n>", "how many people may use it (default: no limit)", wholeNumber(1))
    .option(
      "--expires <time>",
      "for how long it works: 90s, 30m, 12h, 7d, 2w or never (default)",
      duration,
    )
    .action((given: string, options: CreateOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const space = await resolveSpace(client, given);
        const { role, uses, expires } = options;
        const { invite: created, link } = await client.call("invite.create", {
          space: space.id,
          ...(role === undefined ? {} : { role: (await resolveRole(client, space, role)).name }),
          ...(uses === undefined ? {} : { uses }),
          ...(expires === undefined ? {} : { expiresIn: expires }),
        });
        print({ invite: { id: created.id }, link }, `${link}\n${describe(created, host.now())}`);
      }),
    );

  verb(invite, "list", "list a workspace's invites")
    .argument("<space>", "name or id")
    .action((given: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const space = await resolveSpace(client, given);
        const { invites } = await client.call("invite.list", { space: space.id });
        const rows = invites.map((item) => [
          item.id.slice(0, 12),
          item.state,
          item.role,
          item.maxUses === 0
            ? `used ${plural(item.uses, "time")}`
            : `used ${item.uses} of ${item.maxUses} times`,
          expiry(item, host.now()),
          `by ${item.createdBy.name}`,
        ]);
        print(
          { invites: invites.map(withoutLink) },
          invites.length === 0 ? "No invites." : columns(rows),
        );
      }),
    );

  verb(invite, "revoke", "make an invite link worthless")
    .argument("<space>", "name or id")
    .argument("<id>", "the invite's id, or its beginning")
    .action((given: string, inviteGiven: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const space = await resolveSpace(client, given);
        const { invites } = await client.call("invite.list", { space: space.id });
        const id = pickInvite(invites, inviteGiven);
        const revoked = (await client.call("invite.revoke", { space: space.id, invite: id }))
          .invite;
        print(
          { invite: { id, state: revoked.state } },
          `Nobody can join with invite ${id.slice(0, 12)} any more.`,
        );
      }),
    );
}

function pickInvite(invites: Invite[], given: string): string {
  const matches = invites.filter(
    ({ id }) => id === given || (given.length >= 6 && id.startsWith(given.toLowerCase())),
  );
  const [match] = matches;
  if (match === undefined)
    throw new CliError("not-found", `There is no invite ${given} in this workspace.`);
  if (matches.length > 1)
    throw new CliError("ambiguous", `Several invites begin with ${given}. Write more of the id.`);
  return match.id;
}

function describe(invite: Invite, now: number): string {
  const uses =
    invite.maxUses === 0
      ? "Any number of people"
      : `At most ${plural(invite.maxUses, "person").replace("persons", "people")}`;
  return `${uses} can join as ${invite.role}; it ${expiry(invite, now)}. Send the link only to those you mean.`;
}

function expiry({ expires }: Invite, now: number): string {
  if (expires === 0) return "never expires";
  return expires > now
    ? `expires ${relativeTime(expires, now)}`
    : `expired ${relativeTime(expires, now)}`;
}

/** A list is for looking at; the secret in a link is shown only when it is made. */
function withoutLink({ link: _link, ...rest }: Invite): Omit<Invite, "link"> {
  return rest;
}
