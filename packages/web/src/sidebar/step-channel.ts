import { navigate } from "../state/route.ts";
import { conversationsOf, homeSpace } from "../state/places.ts";
import { sidebarChannels } from "../state/selectors.ts";
import type { App } from "../state/store.ts";

/** Goes to the next or previous channel in the sidebar, or with `unreadOnly` to the next unread one. */
export function stepChannel(app: App, direction: 1 | -1, unreadOnly: boolean): boolean {
  const state = app.store.getState();
  const { route } = state;
  if (route.at !== "space") return false;
  const home = homeSpace(state);
  const list = [...(home ? sidebarChannels(state, home.id) : []), ...conversationsOf(state).map(({ channel }) => channel)].filter(
    (channel) => !unreadOnly || channel.unread > 0 || channel.id === route.channel,
  );
  const at = list.findIndex((channel) => channel.id === route.channel);
  const next = list.at((at + direction) % Math.max(1, list.length));
  if (!next || next.id === route.channel) return false;
  navigate(app, { at: "space", space: next.space, channel: next.id, pane: null });
  return true;
}
