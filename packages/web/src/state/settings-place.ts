/**
 * The settings lie over another place. The history's entry remembers which, and how many steps were made inside, so that
 * closing them goes back to it and leaves no trace.
 */
import { formatRoute, formatSettings, parseLinked, parseRoute, parseSettings, type Linked, type Route, type SettingsPlace } from "./address.ts";
import type { App } from "./store.ts";

interface Entry {
  behind: string;
  /** Entries of the history that are settings, up to this one. */
  depth: number;
}

/** What the address says. */
export function readPlace(): { route: Route; settingsAt: SettingsPlace | null; linked: Linked | null } {
  const settingsAt = parseSettings(location.hash);
  const behind = settingsAt ? behindSettings(settingsAt) : location.hash;
  return { route: parseRoute(behind), settingsAt, linked: parseLinked(location.hash) };
}

function behindSettings({ space }: SettingsPlace): string {
  return entry()?.behind ?? formatRoute(space ? { at: "space", space, channel: null, pane: null } : { at: "home" });
}

/** Goes to a place in the settings. `replace`: instead of the one shown, for going from one section to the next. */
export function openSettings(app: App, place: SettingsPlace, { replace = false } = {}): void {
  const { settingsAt, route } = app.store.getState();
  const depth = settingsAt ? (entry()?.depth ?? 0) : 0;
  const behind = formatRoute(route);
  const hash = formatSettings(place);
  if (replace && settingsAt) history.replaceState({ behind, depth } satisfies Entry, "", hash);
  else history.pushState({ behind, depth: depth + 1 } satisfies Entry, "", hash);
  app.store.setState({ settingsAt: place, sheet: null });
}

/** Back from a section to the list, in a narrow window. */
export function leaveSection(app: App): void {
  const { settingsAt } = app.store.getState();
  if ((entry()?.depth ?? 0) > 1) history.back();
  else openSettings(app, { space: settingsAt?.space ?? null, section: null }, { replace: true });
}

export function closeSettings(app: App): void {
  const depth = entry()?.depth ?? 0;
  if (depth > 0) {
    history.go(-depth);
    return;
  }
  history.replaceState(null, "", formatRoute(app.store.getState().route));
  app.store.setState({ settingsAt: null });
}

/** The place behind has changed while the settings are open. */
export function keepBehind(behind: string): void {
  history.replaceState({ behind, depth: entry()?.depth ?? 0 } satisfies Entry, "", location.hash);
}

function entry(): Entry | null {
  const state: unknown = history.state;
  if (typeof state !== "object" || state === null) return null;
  const { behind, depth } = state as Partial<Entry>;
  return typeof behind === "string" && typeof depth === "number" ? { behind, depth } : null;
}
