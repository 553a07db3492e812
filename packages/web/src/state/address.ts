/**
 * The addresses of places, as the fragment of the address bar: `#/w/<workspace>`, `#/w/<workspace>/c/<channel>`,
 * `…/members`, `…/details`, `…/pins` or `…/t/<message>` for the thread that hangs on it; `#/w/<workspace>/threads` or `…/saved`;
 * `#/join/<join>`. `#/w/<workspace>/c/<channel>/m/<message>` leads to a message, and turns into where that is; with `/told` after it, from a notification. And of the settings, which lie over such a place: `#/settings/<section>`, or
 * `#/w/<workspace>/settings/<section>` for those of a workspace. Without a section it is their list.
 */
import type { Id } from "@multichat/client/contract";

export const sidePanes = ["members", "details", "pins"] as const;
/** `t/<message>`: the thread that hangs on this message. */
export type SidePane = (typeof sidePanes)[number] | `t/${Id}`;

/** What is shown in place of a channel. */
export const spaceLists = ["catch-up", "threads", "saved"] as const;
export type SpaceList = (typeof spaceLists)[number];

export type Route =
  | { at: "home" }
  | { at: "space"; space: Id; channel: Id | null; pane: SidePane | null; list?: SpaceList }
  | { at: "join"; join: string };

export function parseRoute(hash: string): Route {
  const [, first, second, third, fourth, fifth, sixth] = hash.split("/");
  if (!hash.startsWith("#/")) return { at: "home" };
  if (first === "join" && second) return { at: "join", join: decodeURIComponent(second) };
  if (first !== "w" || !second) return { at: "home" };
  const channel = third === "c" && fourth ? fourth : null;
  const list = spaceLists.find((name) => name === third);
  if (list) return { at: "space", space: second, channel: null, pane: null, list };
  const thread = fifth === "t" && sixth ? threadPane(sixth) : null;
  const pane = channel ? (sidePanes.find((name) => name === fifth) ?? thread) : null;
  return { at: "space", space: second, channel, pane };
}

export function threadPane(root: Id): SidePane {
  return `t/${root}`;
}

/** The message on which the thread hangs that is shown; null: none is. */
export function threadOf(pane: SidePane | null): Id | null {
  return pane?.startsWith("t/") ? pane.slice(2) : null;
}

/** Where a message is, as its link says. */
export interface MessagePlace {
  space: Id;
  channel: Id;
  id: Id;
}

const messageLink = /^#\/w\/([0-9a-f]{64})\/c\/([0-9a-f]{64})\/m\/([0-9a-f]{64})$/u;

export function parseMessageLink(hash: string): MessagePlace | null {
  const [, space, channel, id] = messageLink.exec(hash) ?? [];
  return space && channel && id ? { space, channel, id } : null;
}

/** A message that the page was opened for. */
export interface Linked extends MessagePlace {
  /** By a notification. */
  told: boolean;
}

export function parseLinked(hash: string): Linked | null {
  const link = hash.replace(/\/told$/u, "");
  const place = parseMessageLink(link);
  return place && { ...place, told: link !== hash };
}

export function formatMessageLink({ space, channel, id }: MessagePlace): string {
  return `#/w/${space}/c/${channel}/m/${id}`;
}

export function formatRoute(route: Route): string {
  switch (route.at) {
    case "home":
      return "#/";
    case "join":
      return `#/join/${encodeURIComponent(route.join)}`;
    case "space": {
      if (route.list) return `#/w/${route.space}/${route.list}`;
      const channel = route.channel ? `/c/${route.channel}` : "";
      return `#/w/${route.space}${channel}${channel && route.pane ? `/${route.pane}` : ""}`;
    }
  }
}

export interface SettingsPlace {
  /** Whose settings are shown beside the personal ones. */
  space: Id | null;
  section: string | null;
}

export function parseSettings(hash: string): SettingsPlace | null {
  const [start, first, second, third, fourth] = hash.split("/");
  if (start !== "#") return null;
  if (first === "settings") return { space: null, section: second || null };
  if (first === "w" && second && third === "settings") return { space: second, section: fourth || null };
  return null;
}

export function formatSettings({ space, section }: SettingsPlace): string {
  return `#/${space ? `w/${space}/` : ""}settings${section ? `/${section}` : ""}`;
}
