/** The one permission question (spec/permissions.md), as the space stands now. Interfaces ask it before they offer an action. */
import type { AccountId, ChannelId } from "@multichat/protocol";
import { type Permission, includes } from "./permissions.ts";
import type { ControlState } from "./state.ts";

export type May = { allowed: true } | { allowed: false; why: string };

export function may(state: ControlState, actor: AccountId, permission: Permission, channel?: ChannelId): May {
  const member = state.members.get(actor);
  if (member === undefined) return { allowed: false, why: "You are not a member here." };
  if (channel !== undefined && state.channels.get(channel)?.archived) {
    return { allowed: false, why: "This channel is archived." };
  }
  const set = member.grants.reduce((all, grant) => all | grant.role.permissions, state.genesis.everyone);
  if (includes(set, permission)) return { allowed: true };
  const roles = member.grants.map(({ role }) => role.name).join(", ");
  return { allowed: false, why: `Your role here (${roles}) does not include this.` };
}
