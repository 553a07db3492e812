/**
 * The addresses of places, as the fragment of the address bar: `#/w/<workspace>`, `#/w/<workspace>/c/<channel>`,
 * `…/members` or `…/details`, `#/join/<join>`; and of the settings, which lie over such a place: `#/settings/<section>`, or
 * `#/w/<workspace>/settings/<section>` for those of a workspace. Without a section it is their list.
 */
import type { Id } from "@multichat/client/contract";

export const sidePanes = ["members", "details"] as const;
export type SidePane = (typeof sidePanes)[number];

export type Route =
  | { at: "home" }
  | { at: "space"; space: Id; channel: Id | null; pane: SidePane | null }
  | { at: "join"; join: string };

export function parseRoute(hash: string): Route {
  const [, first, second, third, fourth, fifth] = hash.split("/");
  if (!hash.startsWith("#/")) return { at: "home" };
  if (first === "join" && second) return { at: "join", join: decodeURIComponent(second) };
  if (first !== "w" || !second) return { at: "home" };
  const channel = third === "c" && fourth ? fourth : null;
  const pane = channel ? (sidePanes.find((name) => name === fifth) ?? null) : null;
  return { at: "space", space: second, channel, pane };
}

export function formatRoute(route: Route): string {
  switch (route.at) {
    case "home":
      return "#/";
    case "join":
      return `#/join/${encodeURIComponent(route.join)}`;
    case "space": {
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
