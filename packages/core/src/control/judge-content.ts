/** Whether a content event stands (spec/04-control.md, Content): judged in the past its author acted under. */
import type { AccountId, ChannelId, Header } from "@multichat/protocol";
import { type Permission, includes } from "./permissions.ts";
import type { ControlLog } from "./log.ts";
import { grantStands, isBound, permissionsAt } from "./standing.ts";
import type { ControlState } from "./state.ts";

export type ContentJudgement = { stands: true; author: AccountId } | { stands: false; why: string };

/** All of `header.ctl` must be in the log. */
export function judgeContent(
  log: ControlLog,
  state: ControlState,
  header: Header,
  permission: Permission,
): ContentJudgement {
  const grant = state.grants.get(header.auth);
  if (grant === undefined || !grantStands(log, state, header.ctl, grant)) return no("its author was not a member");
  if (!isBound(log, state, header.ctl, header.device, grant.account)) return no("its device was not the author's");
  const channel = state.channels.get(header.channel as ChannelId);
  if (channel === undefined || !log.inPast(header.ctl, channel.id)) return no("its channel did not exist");
  if (!includes(permissionsAt(log, state, header.ctl, grant.account), permission)) {
    return no(`its author lacked the permission "${permission}"`);
  }
  return { stands: true, author: grant.account };
}

function no(why: string): ContentJudgement {
  return { stands: false, why };
}
