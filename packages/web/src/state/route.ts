/**
 * Where the person is, kept in the address bar's fragment so that back, forward and reload work:
 * `#/w/<workspace>`, `#/w/<workspace>/c/<channel>`, `…/members` or `…/details`, `#/join/<join>`.
 */
import type { Id } from "@multichat/client/contract";
import type { App } from "./store.ts";

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

export function navigate(app: App, route: Route, { replace = false } = {}): void {
  const hash = formatRoute(route);
  if (hash !== location.hash) history[replace ? "replaceState" : "pushState"](null, "", hash);
  app.store.setState((state) => ({
    route,
    // Completing an address is not going somewhere: what is open stays open.
    sheet: replace ? state.sheet : null,
    lastChannel:
      route.at === "space" && route.channel
        ? { ...state.lastChannel, [route.space]: route.channel }
        : state.lastChannel,
  }));
}

/** Follows back and forward. */
export function followHistory(app: App): () => void {
  const onPopState = () => {
    app.store.setState({ sheet: null });
    navigate(app, parseRoute(location.hash), { replace: true });
  };
  addEventListener("popstate", onPopState);
  return () => removeEventListener("popstate", onPopState);
}

/** The single-use code of the opening link, if this is one. It is taken out of the address bar and the history. */
export function takeOpeningCode(): string | null {
  const fragment = location.hash.slice(1);
  if (!fragment || fragment.startsWith("/")) return null;
  history.replaceState(null, "", location.pathname + location.search);
  return fragment.replace(/^code=/, "");
}
