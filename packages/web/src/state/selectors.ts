/** Questions that several screens ask of the state. */
import type { Channel, Id, Space } from "@multichat/client/contract";
import { privateChannelsOf } from "./places.ts";
import type { AppState } from "./store.ts";

export function shownSpace(state: AppState): Space | null {
  return state.route.at === "space" ? (state.spaces[state.route.space] ?? null) : null;
}

export function shownChannel(state: AppState): Channel | null {
  const { route } = state;
  return route.at === "space" && route.channel ? (state.channels[route.channel] ?? null) : null;
}

const byName = new Intl.Collator(undefined, { numeric: true });

export function channelsOf(channels: Record<Id, Channel>, space: Id): Channel[] {
  return Object.values(channels)
    .filter((channel) => channel.space === space && !channel.archived)
    .sort((a, b) => byName.compare(a.name, b.name));
}

/** Those of a workspace, the private ones among them. */
export function sidebarChannels(state: Pick<AppState, "spaces" | "channels">, space: Id): Channel[] {
  const own = channelsOf(state.channels, space);
  return [...own, ...privateChannelsOf(state, space)].sort((a, b) => byName.compare(a.name, b.name));
}

export function totalUnread(state: AppState): number {
  return Object.values(state.spaces).reduce((sum, space) => sum + space.unread, 0);
}

/** The channel to show when only the workspace was chosen: the last one looked at, the general one, or the first. */
export function defaultChannel(state: AppState, space: Id): Channel | null {
  const channels = channelsOf(state.channels, space);
  return (
    channels.find((channel) => channel.id === state.lastChannel[space]) ??
    channels.find((channel) => channel.name === "general") ??
    channels[0] ??
    null
  );
}
