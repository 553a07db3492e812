import type { Channel, Thread } from "@multichat/client/contract";
import type { App } from "../state/store.ts";
import { sidebarChannels } from "../state/selectors.ts";
import { markPlaceRead, type UnreadPlace } from "./use-unread.ts";

/** Channels and threads with something unread: those that call one first, then those with the newest. */
export function unreadPlaces(
  channels: readonly Channel[],
  threads: readonly Thread[],
): UnreadPlace[] {
  const byId = new Map(channels.map((channel) => [channel.id, channel]));
  const ofChannels = channels
    .filter(({ unread }) => unread > 0)
    .map((channel) => ({
      channel,
      root: null,
      unread: channel.unread,
      mentions: channel.mentions,
      at: channel.lastActivity ?? 0,
    }));
  const ofThreads = threads.flatMap(({ root, summary }) => {
    const channel = byId.get(root.channel);
    return channel && summary.unread > 0
      ? [{ channel, root, unread: summary.unread, mentions: 0, at: summary.lastAt }]
      : [];
  });
  return [...ofChannels, ...ofThreads].sort(
    (a, b) => Number(b.mentions > 0) - Number(a.mentions > 0) || b.at - a.at,
  );
}

/** Every channel and thread of a workspace is read. */
export async function markSpaceRead(app: App, space: string): Promise<void> {
  const channels = sidebarChannels(app.store.getState(), space);
  const { threads } = await app.client.call("thread.list", { space });
  await Promise.all(unreadPlaces(channels, threads).map((place) => markPlaceRead(app, place)));
}
