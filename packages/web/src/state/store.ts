/**
 * Everything the screens show, in one store. It is filled from lists fetched on connecting and kept current by pushes
 * (pushes.ts); nothing is polled. Functions that change it take the app and live beside their subject.
 */
import type { Channel, Id, Join, Member, Peer, Space, Status } from "@multichat/client/contract";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Backend, Client, LinkState } from "./client.ts";
import type { Route, SettingsPlace } from "./address.ts";
import { readLastChannels, rememberChannel } from "./last-channel.ts";
import type { Outgoing } from "./sending.ts";
import { readSettings, type Settings } from "./settings.ts";
import type { Timeline } from "./timeline.ts";

/** A dialog over the main screen; at most one is open. */
export type Sheet =
  | { kind: "add-workspace" }
  | { kind: "create-channel"; space: Id }
  | { kind: "topic"; channel: Id }
  | { kind: "invite"; space: Id }
  | { kind: "leave"; space: Id }
  | { kind: "connections" }
  | { kind: "phrase" }
  | { kind: "switcher" }
  | { kind: "shortcuts" };

export const firstRunSteps = ["name", "phrase", "confirm", "start"] as const;
export type FirstRunStep = (typeof firstRunSteps)[number];

export interface AppState {
  link: LinkState;
  /** The first lists have arrived, so what is missing is missing and not merely late. */
  ready: boolean;
  /** Why the lists could not be fetched although Multichat answers, in words. */
  startProblem: string | null;
  status: Status | null;
  spaces: Record<Id, Space>;
  channels: Record<Id, Channel>;
  /** By space; absent until they were asked for. */
  members: Record<Id, readonly Member[]>;
  peers: readonly Peer[];
  joins: Record<string, Join>;
  /** By channel. */
  timelines: Record<Id, Timeline>;
  outgoing: Record<Id, readonly Outgoing[]>;
  /** Grows whenever the invites of a space changed. */
  invitesVersion: Record<Id, number>;
  firstRun: FirstRunStep | null;
  route: Route;
  /** Where in the settings the person is, which lie over the route; null while they are closed. */
  settingsAt: SettingsPlace | null;
  /** The channel last looked at in each workspace. */
  lastChannel: Record<Id, Id>;
  sheet: Sheet | null;
  settings: Settings;
}

export interface App {
  backend: Backend;
  store: StoreApi<AppState>;
  /** Set once the session was entered. */
  client: Client;
}

export function createAppStore({ route, settingsAt }: Pick<AppState, "route" | "settingsAt">): StoreApi<AppState> {
  return createStore<AppState>(() => ({
    link: "connecting",
    ready: false,
    startProblem: null,
    status: null,
    spaces: {},
    channels: {},
    members: {},
    peers: [],
    joins: {},
    timelines: {},
    outgoing: {},
    invitesVersion: {},
    firstRun: null,
    route,
    settingsAt,
    lastChannel: rememberChannel(localStorage, readLastChannels(localStorage), route),
    sheet: null,
    settings: readSettings(localStorage),
  }));
}

export function openSheet(app: App, sheet: Sheet): void {
  app.store.setState({ sheet });
}

export function closeSheet(app: App): void {
  app.store.setState({ sheet: null });
}
