/**
 * The one permission question (spec/permissions.md), as the space stands now. Interfaces ask it before they offer an action,
 * and show `why`. Judging what others did in their own past is `judgeContent` and the rules.
 */
import type { AccountId, ChannelId, EventId } from "@multichat/protocol";
import { effective } from "./effective.ts";
import { type Permission, includes, speaking } from "./permissions.ts";
import type { Channel, ControlState, Grant, Member } from "./state.ts";

export type MayNot =
  | "not-a-member"
  | "unknown-channel"
  | "archived"
  | "locked"
  | "muted"
  | "role"
  | "channel"
  | "rank";

export type May = { allowed: true } | { allowed: false; code: MayNot; why: string };

/** Whom or what an action is aimed at: an account, a role, or the rank itself. */
export type Target = { account: AccountId } | { role: EventId } | { rank: number };

export interface Question {
  channel?: ChannelId | undefined;
  target?: Target | undefined;
  /** When, ms: a mute is over at its time. Without it every mute counts that nobody has lifted. */
  at?: number | undefined;
}

export function may(state: ControlState, actor: AccountId, permission: Permission, question: Question = {}): May {
  const member = state.members.get(actor);
  if (member === undefined) return no("not-a-member", "You are not a member here.");
  const channel = question.channel === undefined ? null : (state.channels.get(question.channel) ?? "unknown");
  if (channel === "unknown") return no("unknown-channel", "There is no such channel here.");
  if (speaking.has(permission)) return maySpeak(state, member, permission, channel, question.at);
  const roles = member.grants.filter((grant) => holds(state, grant, permission, channel));
  if (roles.length === 0) return lacking(member, heldAnywhere(state, member, permission));
  const rank = question.target === undefined ? Number.POSITIVE_INFINITY : targetRank(state, question.target);
  if (roles.some(({ role }) => role.rank < rank)) return { allowed: true };
  return no("rank", "account" in question.target! ? "Their role is not below yours." : "This role is not below yours.");
}

/** The grant to act under so that an event that needs this permission stands: the most senior that has it. */
export function actingGrant(state: ControlState, actor: AccountId, permission: Permission, channel?: ChannelId): Grant | null {
  const grants = state.members.get(actor)?.grants ?? [];
  const found = channel === undefined ? null : (state.channels.get(channel) ?? null);
  return grants.find((grant) => holds(state, grant, permission, found)) ?? null;
}

/** Seconds that this account must leave between two messages in a channel. */
export function slowFor(state: ControlState, actor: AccountId, id: ChannelId): number {
  const [member, channel] = [state.members.get(actor), state.channels.get(id)];
  if (member === undefined || channel === undefined || channel.slow === 0) return 0;
  const set = permissionsIn(state, member, channel);
  return includes(set, "manage-channels") || includes(set, "manage-messages") ? 0 : channel.slow;
}

function maySpeak(state: ControlState, member: Member, permission: Permission, channel: Channel | null, at?: number): May {
  if (channel?.archived) return no("archived", "This channel is archived.");
  const mute = state.mutes.get(member.account);
  if (mute !== undefined && (mute.until === 0 || at === undefined || at < mute.until)) return no("muted", "You are muted here for now.");
  const set = permissionsIn(state, member, channel);
  if (!includes(set, permission)) return lacking(member, heldAnywhere(state, member, permission));
  if (channel?.locked && !includes(set, "manage-channels")) return no("locked", "This channel is locked.");
  return { allowed: true };
}

function permissionsIn(state: ControlState, member: Member, channel: Channel | null): number {
  const holder = { account: member.account, rank: member.grants[0]!.role.rank, roles: member.grants.map(({ role }) => role) };
  return effective(state.genesis.everyone, holder, channel?.overrides ?? []);
}

/** Under one grant alone: what it carries must not lean on a more junior one (spec/04-control.md, Ranks). */
function holds(state: ControlState, grant: Grant, permission: Permission, channel: Channel | null): boolean {
  const holder = { account: grant.account, rank: grant.role.rank, roles: [grant.role] };
  return includes(effective(state.genesis.everyone, holder, channel?.overrides ?? []), permission);
}

function heldAnywhere(state: ControlState, member: Member, permission: Permission): boolean {
  return includes(permissionsIn(state, member, null), permission);
}

function targetRank(state: ControlState, target: Target): number {
  if ("rank" in target) return target.rank;
  if ("role" in target) return state.roles.get(target.role)?.rank ?? Number.NEGATIVE_INFINITY;
  return state.members.get(target.account)?.grants[0]?.role.rank ?? Number.POSITIVE_INFINITY;
}

function lacking(member: Member, elsewhere: boolean): May {
  if (elsewhere) return no("channel", "This channel does not allow it to you.");
  const roles = member.grants.map(({ role }) => role.name).join(", ");
  return no("role", `Your role here (${roles}) does not include this.`);
}

function no(code: MayNot, why: string): May {
  return { allowed: false, code, why };
}

