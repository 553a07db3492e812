/**
 * Everything the screens show, in one store. It is filled from lists fetched on connecting and kept current by pushes
 * (pushes.ts); nothing is polled. Functions that change it take the app and live beside their subject.
 */
import type { Channel, Device, FileState, Id, Join, Linking, Member, Message, NotificationScope, OwnPresence, Peer, Presence, Recovery, Space, Status, Transfer, Typing } from "@multichat/client/contract";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Backend, Client, LinkState } from "./client.ts";
import type { Linked, MessagePlace, Route, SettingsPlace } from "./address.ts";
import { readLastChannels, readLastSpace, rememberChannel } from "./last-channel.ts";
import type { Outgoing } from "./sending.ts";
import type { Staged } from "./staging.ts";
import { readSettings, type Settings } from "./settings.ts";
import type { Timeline } from "./timeline.ts";

/** Where is searched: in what is shown, in its workspace, or in all that is held here. */
export type SearchScope = "channel" | "space" | "all";

/** A dialog over the main screen; at most one is open. */
export type Sheet =
  | { kind: "add-workspace" }
  | { kind: "create-channel"; space: Id }
  | { kind: "topic"; channel: Id }
  | { kind: "create-topic"; channel: Id }
  | { kind: "create-content"; channel: Id; content: string }
  | { kind: "search"; scope: SearchScope; query: string }
  | { kind: "scheduled" }
  | { kind: "invite"; space: Id }
  | { kind: "leave"; space: Id }
  | { kind: "member"; space: Id; account: Id }
  | { kind: "report"; message: Message }
  | { kind: "delete-message"; message: Message }
  | { kind: "forward"; message: Message }
  | { kind: "look"; message: Message; blob: Id }
  | { kind: "history"; message: Message }
  | { kind: "inbox" }
  | { kind: "why"; message: Message }
  | { kind: "notify"; scope: NotificationScope; id: Id; name: string }
  | { kind: "seen"; message: Message }
  | { kind: "clean-up"; space: Id }
  | { kind: "adopt"; space: Id; cause: Id | null }
  | { kind: "new-message" }
  | { kind: "requests" }
  | { kind: "create-private"; space: Id }
  | { kind: "make-private"; channel: Id }
  | { kind: "add-people"; space: Id }
  | { kind: "connections" }
  | { kind: "phrase" }
  | { kind: "rotate-phrase" }
  | { kind: "link-device" }
  | { kind: "revoke-device"; device: Id }
  | { kind: "safety-number"; account: Id }
  | { kind: "vouch"; account: Id; space: Id | null }
  | { kind: "introduce"; account: Id }
  | { kind: "block"; account: Id; name: string }
  | { kind: "switcher" }
  | { kind: "shortcuts" };

export const firstRunSteps = ["name", "phrase", "confirm", "start"] as const;
/** For somebody who has an account already: which way, and the ways. */
export const entryWays = ["existing", "link", "recover", "restore"] as const;
export type EntryWay = (typeof entryWays)[number];
export type FirstRunStep = (typeof firstRunSteps)[number] | EntryWay;

export function isEntryWay(step: FirstRunStep | null): step is EntryWay {
  return entryWays.some((way) => way === step);
}

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
  /** Who is there, of those this page has shown. */
  presences: Record<Id, Presence>;
  /** As others see this person; null until it was asked for. */
  ownPresence: OwnPresence | null;
  /** Who is writing, by timeline. */
  typing: Record<Id, Typing["people"]>;
  peers: readonly Peer[];
  joins: Record<string, Join>;
  /** By channel; those of threads by the message they hang on. */
  timelines: Record<Id, Timeline>;
  /** The messages on which the opened threads hang. */
  roots: Record<Id, Message>;
  /** What is being answered, by timeline. */
  replying: Record<Id, Message>;
  /** The message whose text is being changed, where that was begun, and the text so far: null until something was typed. */
  editing: { message: Id; timeline: Id; text: string | null } | null;
  /** How often another device or page changed what is being written, by timeline. */
  draftsLearned: Record<Id, number>;
  /** By timeline. */
  outgoing: Record<Id, readonly Outgoing[]>;
  /** Files for the next message of a timeline. */
  staged: Record<Id, readonly Staged[]>;
  /** What was said last of files, by blob; of others the message says it. */
  fileStates: Record<Id, FileState>;
  /** How often each list was said to have changed (changes.ts). */
  changes: Record<string, number>;
  firstRun: FirstRunStep | null;
  /** The linking, recovery and transfer under way, or the last ones. */
  linking: Linking | null;
  recovery: Recovery | null;
  transfer: Transfer | null;
  /** Where the backup that this page asked for last is written. */
  reservedBackup: string | null;
  /** Own devices; null until they were asked for. */
  devices: readonly Device[] | null;
  /** Grows whenever profiles, contacts or introductions changed. */
  peopleVersion: number;
  /** Introductions that wait for this account's answer. */
  introductions: number;
  /** Words of which this person wants to be told. */
  keywords: readonly string[];
  /** Items of the inbox that wait. */
  inboxUnread: number;
  /** Pictures of people as data URLs, by the text that stands for the image; null while one is fetched. */
  pictures: Record<string, string | null>;
  /** Whose hidden messages are shown all the same, by channel and author. */
  unhidden: Record<string, true>;
  /** On a device that takes part in nothing any more: the person chose to look at what is left. */
  looksBack: boolean;
  /** What remains elsewhere of an account that was just deleted. */
  farewell: readonly string[] | null;
  route: Route;
  /** Where in the settings the person is, which lie over the route; null while they are closed. */
  settingsAt: SettingsPlace | null;
  /** The channel last looked at in each workspace. */
  lastChannel: Record<Id, Id>;
  /** The workspace last looked at: its channels stay in sight beside a conversation. */
  lastSpace: Id | null;
  /** A message to bring into sight as soon as its channel is shown. */
  jumpTo: Id | null;
  /** Why what was last done with a message could not be done. */
  deedProblem: { message: Id; text: string } | null;
  /** The emoji picker: what it was opened from, and what becomes of the choice. */
  picker: { anchor: HTMLElement; pick(emoji: string): void } | null;
  /** It was just brought into sight. */
  highlighted: Id | null;
  /** Where the person was before they went to a message: the place, and what was in sight there. */
  cameFrom: { route: Route; message: MessagePlace | null } | null;
  /** A message's link, or a notification, was followed to get here. */
  linked: Linked | null;
  /** The message whose notification was followed last: beside it is the way to what one is told of. */
  toldOf: Id | null;
  sheet: Sheet | null;
  settings: Settings;
}

export interface App {
  backend: Backend;
  store: StoreApi<AppState>;
  /** Set once the session was entered. */
  client: Client;
}

export function createAppStore({ route, settingsAt, linked }: Pick<AppState, "route" | "settingsAt" | "linked">): StoreApi<AppState> {
  return createStore<AppState>(() => ({
    link: "connecting",
    ready: false,
    startProblem: null,
    status: null,
    spaces: {},
    channels: {},
    members: {},
    presences: {},
    ownPresence: null,
    typing: {},
    peers: [],
    joins: {},
    timelines: {},
    roots: {},
    replying: {},
    editing: null,
    draftsLearned: {},
    outgoing: {},
    staged: {},
    fileStates: {},
    changes: {},
    firstRun: null,
    linking: null,
    recovery: null,
    transfer: null,
    reservedBackup: null,
    devices: null,
    peopleVersion: 0,
    introductions: 0,
    keywords: [],
    inboxUnread: 0,
    pictures: {},
    unhidden: {},
    looksBack: false,
    farewell: null,
    route,
    settingsAt,
    lastChannel: rememberChannel(localStorage, readLastChannels(localStorage), route),
    lastSpace: readLastSpace(localStorage),
    jumpTo: null,
    deedProblem: null,
    picker: null,
    highlighted: null,
    cameFrom: null,
    linked,
    toldOf: null,
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
