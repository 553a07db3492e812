/** Where the person is, kept in the address bar so that back, forward and reload work. */
import { formatRoute, type Route } from "./address.ts";
import { rememberChannel, rememberSpace } from "./last-channel.ts";
import { homeSpace } from "./places.ts";
import { keepBehind, readPlace } from "./settings-place.ts";
import type { App } from "./store.ts";

export function navigate(app: App, route: Route, { replace = false } = {}): void {
  const hash = formatRoute(route);
  const { settingsAt } = app.store.getState();
  // Completing an address is not going somewhere: what is open stays open.
  if (replace && settingsAt) keepBehind(hash);
  else if (hash !== location.hash) history[replace ? "replaceState" : "pushState"](null, "", hash);
  app.store.setState((state) => ({
    route,
    cameFrom: replace ? state.cameFrom : null,
    toldOf: replace ? state.toldOf : null,
    sheet: replace ? state.sheet : null,
    settingsAt: replace ? state.settingsAt : null,
    lastChannel: rememberChannel(localStorage, state.lastChannel, route),
    lastSpace: homeSpace({ ...state, route })?.id ?? state.lastSpace,
  }));
  const { lastSpace } = app.store.getState();
  if (lastSpace) rememberSpace(localStorage, lastSpace);
}

/** Follows back and forward. */
export function followHistory(app: App): () => void {
  const onPopState = () => {
    const { route, settingsAt, linked } = readPlace();
    app.store.setState({ sheet: null, settingsAt, linked });
    navigate(app, route, { replace: true });
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
