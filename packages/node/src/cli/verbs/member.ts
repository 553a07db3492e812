import type { Client } from "@multichat/client";
import type { Member, Person, Space } from "@multichat/client/contract";
import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { columns } from "../columns.ts";
import { duration } from "../duration.ts";
import type { CliHost } from "../host.ts";
import { pickPerson, resolveMember, resolveSpace } from "../resolve.ts";
import { isoDay, timeOfDay } from "../times.ts";
import { verb, withNode } from "../verb.ts";
import type { NodeVerb, VerbOptions } from "../verb.ts";
import { addMemberRequestVerbs } from "./member-requests.ts";
import { resolveRole } from "./role.ts";

interface RoleOptions extends VerbOptions {
  remove?: true;
  override?: true;
}

interface RestrictOptions extends VerbOptions {
  until?: number;
  for?: number;
  off?: true;
  override?: true;
}

const memberHelp = "a name if it is unique, a petname or an account id";
const overrideHelp = "though this node has not heard from other members lately";

export function addMemberVerbs(program: Command, host: CliHost): void {
  const member = program.command("member").description("who belongs to a workspace, and what they may do");
  const withSpace = (given: string, options: VerbOptions, action: (node: NodeVerb, space: Space) => Promise<void>) =>
    withNode(host, options, async (node) => action(node, await resolveSpace(node.client, given)));

  verb(member, "list", "list the members with their roles")
    .argument("<space>", "name or id")
    .action((given: string, options: VerbOptions) =>
      withSpace(given, options, async ({ client, print }, space) => {
        const { members } = await client.call("member.list", { space: space.id });
        const rows = members.map((one) => [one.name, one.roles.join(", "), one.connected ? "connected" : "", one.muted === null ? "" : `muted${ending(one.muted.until)}`, one.id.slice(0, 12)]);
        print({ members: members.map(brief) }, columns(rows));
      }),
    );

  addMemberRequestVerbs(member, host);

  verb(member, "role", "give a member a role below your own, or take it away")
    .argument("<space>", "name or id")
    .argument("<member>", memberHelp)
    .argument("<role>", "name or id")
    .option("--remove", "take it away")
    .option("--override", overrideHelp)
    .action((given: string, memberGiven: string, roleGiven: string, { remove, override, ...options }: RoleOptions) =>
      withSpace(given, options, async ({ client, print }, space) => {
        const [who, role] = [await resolveMember(client, space, memberGiven), await resolveRole(client, space, roleGiven)];
        const { member: now } = await client.call("member.role", { space: space.id, account: who.id, role: role.id, on: remove === undefined, ...(override ? { override } : {}) });
        print({ member: brief(now) }, `${now.name} has ${now.roles.length === 0 ? "no role" : now.roles.join(", ")} now.`);
      }),
    );

  verb(member, "kick", "remove a member; an invite brings them back")
    .argument("<space>", "name or id")
    .argument("<member>", memberHelp)
    .option("--override", overrideHelp)
    .action((given: string, memberGiven: string, { override, ...options }: RestrictOptions) =>
      withSpace(given, options, async ({ client, print }, space) => {
        const who = await resolveMember(client, space, memberGiven);
        await client.call("member.kick", { space: space.id, account: who.id, ...(override ? { override } : {}) });
        print({ account: { id: who.id, name: who.name } }, `${who.name} is no member of ${space.name} any more.`);
      }),
    );

  verb(member, "ban", "remove a member for good or for a time")
    .argument("<space>", "name or id")
    .argument("<member>", `${memberHelp}; of somebody who is no member, the id`)
    .option("--until <time>", "the end, as 2026-12-31 or 2026-12-31T18:00", moment)
    .option("--for <time>", "for how long: 30m, 12h, 7d, 2w", duration)
    .option("--override", overrideHelp)
    .action((given: string, memberGiven: string, { override, ...options }: RestrictOptions) =>
      withSpace(given, options, async ({ client, print }, space) => {
        const who = await memberOrAccount(client, space, memberGiven);
        const until = endOf(host, options);
        await client.call("member.ban", { space: space.id, account: who.id, until, ...(override ? { override } : {}) });
        print({ account: who, until }, `${who.name} is banned from ${space.name}${ending(until)}.`);
      }),
    );

  verb(member, "unban", "lift a ban; an invite brings them back")
    .argument("<space>", "name or id")
    .argument("<member>", "whoever is banned: a name or an account id")
    .action((given: string, memberGiven: string, options: VerbOptions) =>
      withSpace(given, options, async ({ client, print }, space) => {
        const { departed } = await client.call("restriction.list", { space: space.id });
        const banned = departed.filter(({ how }) => how === "banned").map(({ person }) => person);
        if (banned.length === 0) throw new CliError("not-found", `Nobody is banned from ${space.name}.`);
        const who = pickPerson("banned person", await withChosenNames(client, banned), memberGiven);
        await client.call("member.unban", { space: space.id, account: who.id });
        print({ account: { id: who.id, name: who.name } }, `${who.name} may come back to ${space.name} with an invite.`);
      }),
    );

  verb(member, "mute", "let a member read only, for a time or until it is lifted")
    .argument("<space>", "name or id")
    .argument("<member>", memberHelp)
    .option("--until <time>", "the end, as 2026-12-31 or 2026-12-31T18:00", moment)
    .option("--for <time>", "for how long: 30m, 12h, 7d, 2w", duration)
    .option("--off", "lift it")
    .action((given: string, memberGiven: string, { off, ...options }: RestrictOptions) =>
      withSpace(given, options, async ({ client, print }, space) => {
        const who = await resolveMember(client, space, memberGiven);
        const until = endOf(host, options);
        if (off && until !== 0) throw new CliError("bad-request", "--off takes no time.");
        if (off && who.muted === null) return print({ member: brief(who) }, `${who.name} is not muted.`);
        const { member: now } = await client.call("member.mute", { space: space.id, account: who.id, on: off === undefined, until });
        print({ member: brief(now) }, off ? `${now.name} may write again.` : `${now.name} may not write${ending(until)}.`);
      }),
    );
}

function brief({ id, name, roles, roleIds, muted, connected, joinedAt, lastSeen }: Member): object {
  return { id, name, roles, roleIds, muted, connected, joinedAt, lastSeen };
}

/** Somebody who was never here, or is gone, may be banned all the same. */
async function memberOrAccount(client: Client, space: Space, given: string): Promise<Person> {
  const [{ members }, { departed }] = await Promise.all([client.call("member.list", { space: space.id }), client.call("restriction.list", { space: space.id })]);
  const gone = departed.map(({ person }) => person).filter(({ id }) => !members.some((one) => one.id === id));
  const known = [...members, ...(await withChosenNames(client, gone))];
  if (/^[0-9a-f]{64}$/.test(given) && !known.some(({ id }) => id === given)) return { id: given, name: `Account ${given.slice(0, 12)}` };
  const { id, name } = pickPerson("member", known, given);
  return { id, name };
}

/** Who has a petname is found by the name they chose as well. */
async function withChosenNames(client: Client, people: readonly Person[]): Promise<(Person & { chosenName: string | null })[]> {
  const { people: cards } = await client.call("person.list", {});
  return people.map((one) => ({ ...one, chosenName: cards.find(({ id }) => id === one.id)?.chosenName ?? null }));
}

function endOf(host: CliHost, { until, for: lasting }: RestrictOptions): number {
  if (until !== undefined && lasting !== undefined) throw new CliError("bad-request", "Say either --until or --for.");
  if (lasting !== undefined) return lasting === 0 ? 0 : Math.floor(host.now()) + lasting;
  return until ?? 0;
}

function ending(until: number): string {
  return until === 0 ? "" : ` until ${isoDay(until)} ${timeOfDay(until)}`;
}

/** What an event can say (spec/03). */
const latest = 2 ** 47 - 1;

/** In local time. */
function moment(text: string): number {
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/.test(text) ? new Date(text.includes("T") ? text : `${text}T00:00`).getTime() : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError("Write a time as 2026-12-31 or 2026-12-31T18:00.");
  if (time > latest) throw new InvalidArgumentError("For without an end, leave it out.");
  return time;
}
