import { navigate } from "../state/route.ts";
import { channelsOf } from "../state/selectors.ts";
import type { App } from "../state/store.ts";

/** Goes to the next or previous channel in the sidebar, or with `unreadOnly` to the next unread one. */
export function stepChannel(app: App, direction: 1 | -1, unreadOnly: boolean): boolean {
  const { route, channels } = app.store.getState();
  if (route.at !== "space") return false;
  const list = channelsOf(channels, route.space).filter(
    (channel) => !unreadOnly || channel.unread > 0 || channel.id === route.channel,
  );
  const at = list.findIndex((channel) => channel.id === route.channel);
  const next = list.at((at + direction) % Math.max(1, list.length));
  if (!next || next.id === route.channel) return false;
  navigate(app, { ...route, channel: next.id, pane: null });
  return true;
}
