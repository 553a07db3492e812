/**
 * What people see as places: workspaces in the rail; beneath one its channels, those that are private among them; and
 * conversations, which belong to no workspace. All are spaces of the local API.
 */
import type { Channel, Id, Space } from "@multichat/client/contract";
import type { AppState } from "./store.ts";

/** A private channel or a conversation, with its one channel. */
export interface Place {
  space: Space;
  channel: Channel;
}

/** Private channels belong to their workspace, unless this account knows only them. */
function isWorkspace(space: Space, spaces: Record<Id, Space>): boolean {
  return space.kind === "team" || (space.kind === "private" && !(space.parent && spaces[space.parent.id]));
}

export function workspacesOf(spaces: Record<Id, Space>): Space[] {
  return Object.values(spaces).filter((space) => isWorkspace(space, spaces));
}

/** The workspace whose channels are beside what is shown: its own, or the one looked at before. */
export function homeSpace({ spaces, route, lastSpace }: Pick<AppState, "spaces" | "route" | "lastSpace">): Space | null {
  const shown = route.at === "space" ? spaces[route.space] : undefined;
  const own = shown?.kind === "private" ? (spaces[shown.parent?.id ?? ""] ?? shown) : shown;
  if (own && isWorkspace(own, spaces)) return own;
  return spaces[lastSpace ?? ""] ?? workspacesOf(spaces)[0] ?? null;
}

export function privateChannelsOf(state: Pick<AppState, "spaces" | "channels">, workspace: Id): Channel[] {
  return places(state, (space) => space.kind === "private" && space.parent?.id === workspace).map(({ channel }) => channel);
}

/** The latest first. One that another counts instead of is left out once it says nothing that the other does not. */
export function conversationsOf(state: Pick<AppState, "spaces" | "channels">): Place[] {
  return places(state, (space) => space.kind === "direct")
    .filter(({ space, channel }) => space.replacedBy === null || channel.lastActivity !== null)
    .sort((a, b) => (b.channel.lastActivity ?? Number.MAX_SAFE_INTEGER) - (a.channel.lastActivity ?? Number.MAX_SAFE_INTEGER));
}

function places({ spaces, channels }: Pick<AppState, "spaces" | "channels">, wanted: (space: Space) => boolean): Place[] {
  return Object.values(channels).flatMap((channel) => {
    const space = spaces[channel.space];
    return space && !channel.archived && wanted(space) ? [{ space, channel }] : [];
  });
}

/** How a place is called: by its people, or by its name. */
export function placeName(space: Space, channel: Channel): string {
  return space.kind === "direct" ? peopleNames(space) : channel.name;
}

export function peopleNames({ people, name }: Pick<Space, "people" | "name">): string {
  return people.map((person) => person.name).join(", ") || name;
}
