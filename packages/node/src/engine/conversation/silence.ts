/** What waits to be read of somebody blocked is nothing to be told of. */
import type { Store } from "@multichat/core/ports";
import type { AccountId, SpaceId, ChannelId } from "@multichat/protocol";
import type { Space } from "../joining/spaces.ts";

/** Of each channel, when somebody is blocked: more unread messages than anyone looks through. */
const mostSilenced = 2_000;

/** Takes what an account wrote in a space off the unread messages; `changed` for each channel where there was any. */
export function silence(deps: { store: Store; changed(space: SpaceId, channel: ChannelId): void }, space: Space, account: AccountId): void {
  const { store } = deps;
  const { channels, bindingsOf } = space.replica.state()!;
  for (const channel of channels.keys()) {
    if (store.unreadCount(channel) === 0) continue;
    const theirs = store
      .timeline(channel, {}, mostSilenced)
      .filter(({ unread, event }) => unread && bindingsOf.get(event.device)?.some((binding) => binding.account === account));
    if (theirs.length === 0) continue;
    store.transaction(() => store.putTimeline(theirs.map((row) => ({ ...row, unread: false }))));
    deps.changed(space.id, channel);
  }
}
