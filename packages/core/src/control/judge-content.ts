/** Whether a content event stands (spec/04-control.md, Content): judged in the past its author acted under. */
import type { AccountId, ChannelId, Header } from "@multichat/protocol";
import { effective } from "./effective.ts";
import type { ControlLog, Past } from "./log.ts";
import { type Permission, includes, speaking } from "./permissions.ts";
import { overridesIn } from "./rules/overrides.ts";
import { bitsIn } from "./rules/roles.ts";
import { isGivenUp } from "./rules/unbinding.ts";
import { restrictionIn } from "./rules/restrictions.ts";
import { grantsIn } from "./standing.ts";
import type { ControlState } from "./state.ts";

export type ContentJudgement = { stands: true; author: AccountId } | { stands: false; why: string };

/** All of `header.ctl` must be in the log. */
export function judgeContent(log: ControlLog, state: ControlState, header: Header, permission: Permission): ContentJudgement {
  return judgeIn(state, log.pastOf(header.ctl), header, permission);
}

/** The same, had its author seen what is in this past. */
export function judgeIn(state: ControlState, past: Past, header: Header, permission: Permission): ContentJudgement {
  const { judged } = state;
  const grant = judged.acts.grants.get(header.auth);
  const grants = grant === undefined ? [] : grantsIn(state, past, grant.account);
  if (grant === undefined || !grants.some(({ id }) => id === grant.id)) return no("its author was not a member");
  if (judged.facts.devices.accountIn(past, header.device) !== grant.account || isGivenUp(judged, header.device, grant, past)) return no("its device was not the author's");
  const created = judged.acts.channels.get(header.channel as string as typeof header.auth);
  if (created === undefined || !past.has(created.fact.index)) return no("its channel did not exist");
  const channel = header.channel as ChannelId;
  const { account } = grant;
  const roles = grants.map(({ role }) => ({ id: role.id, permissions: bitsIn(judged, role.id, past) }));
  const set = effective(judged.genesis.everyone, { account, rank: grants[0]!.role.rank, roles }, overridesIn(judged, channel, past, grants[0]!.role.rank));
  if (!includes(set, permission)) return no(`its author lacked the permission "${permission}"`);
  if (speaking.has(permission)) {
    const restriction = restrictionIn(judged, past, account, channel, header.hlc, set);
    if (restriction !== null) return no(restriction);
  }
  return { stands: true, author: account };
}

function no(why: string): ContentJudgement {
  return { stands: false, why };
}
