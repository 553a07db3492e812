/** Being let in somewhere by somebody else (spec/14-notifications.md, Deciding): into a private channel, or a workspace that approves whom it lets in. */
import type { AccountId, ChannelId, SpaceId } from "@multichat/protocol";
import { hlcTime } from "@multichat/protocol";
import type { Governance } from "../governing/governance.ts";
import type { Space, Spaces } from "../joining/spaces.ts";
import type { PrivateSide } from "../private/side.ts";

export interface Addition {
  id: string;
  who: AccountId;
  /** The workspace. */
  space: string;
  channel: ChannelId | null;
  /** ms */
  at: number;
  /** It was before this device came to that workspace. */
  isHistory: boolean;
}

/** Asked while the device enters; null: nobody let this account in, or whoever asked sees it anyway. */
export function additionTo(
  space: Space,
  { account, spaces, privates, governance }: { account: AccountId; spaces: Pick<Spaces, "get">; privates: Pick<PrivateSide, "about">; governance: Pick<Governance, "requests"> },
): Addition | null {
  const { kind, parent } = privates.about(space);
  if (kind === "direct" || (kind === "team" && governance.requests.isOpen(space))) return null;
  const state = space.replica.state();
  for (const { event } of state?.members.get(account)?.grants ?? []) {
    const header = space.replica.log.get(event)?.header;
    if (header === undefined) continue;
    const who = state?.grants.get(header.auth)?.account ?? state?.devices.get(header.device);
    if (who === undefined || who === account) continue;
    const workspace = parent === null ? space : spaces.get(parent.id as SpaceId);
    const at = hlcTime(header.hlc);
    const channel = kind === "private" ? ([...state!.channels.keys()][0] ?? null) : null;
    return { id: `added/${event}`, who, space: parent?.id ?? space.id, channel, at, isHistory: workspace !== null && at < workspace.row.joinedAt };
  }
  return null;
}
