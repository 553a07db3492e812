/** What a person is told of (spec/14-notifications.md, spec/local-api.md). */
import type { Id, Message, Person } from "./model.ts";

export type NotificationLevel = "all" | "mentions" | "nothing";
export type NotificationScope = "person" | "thread" | "channel" | "space";

/** What is left out is as in what it lies in. */
export interface NotificationRule {
  level?: NotificationLevel;
  /** Muted until then, ms. */
  until?: number;
  /** False: not of what calls a role or everyone. */
  everyone?: boolean;
  /** Of a person: told of also while not to be disturbed. */
  anyway?: boolean;
}

export interface NotificationSettings {
  workspaces: NotificationLevel;
  conversations: NotificationLevel;
  everyone: boolean;
  reactions: boolean;
  requests: boolean;
  reports: boolean;
  sound: boolean;
  /** Not to be disturbed until then, ms; 0: not so. */
  pausedUntil: number;
  /** Days from 1, Monday, to 7; times as `HH:MM`. A null zone is that of the device. */
  quiet: { zone: string | null; times: { days: number[]; from: string; to: string }[] };
  keywords: string[];
}

export interface NotificationRules extends NotificationSettings {
  /** Those there are. A thread is named by the message on which it hangs. */
  rules: { scope: NotificationScope; id: Id; rule: NotificationRule }[];
}

export const notificationCauses = ["mention", "role", "everyone", "answer", "thread", "keyword", "direct", "message", "reaction", "request", "report", "added"] as const;
export type NotificationCause = (typeof notificationCauses)[number];

/** What decided. `until`: ms, or null where there is no end. */
export type NotificationReason =
  | { why: "own" | "history" | "imported" | "deleted" | "expired" | "blocked" | "read" }
  | { why: "muted"; of: NotificationScope; until: number | null }
  | { why: "level"; of: NotificationScope | "general"; level: NotificationLevel }
  | { why: "everyone"; of: NotificationScope | "general" }
  | { why: "switched-off"; what: "reactions" | "requests" | "reports" }
  | { why: "quiet"; of: "hours" | "pause" | "status"; until: number | null }
  | { why: "told"; of: NotificationScope | "general"; anyway: boolean };

export interface NotificationDecision {
  /** `badge`: it is in the inbox, and nothing else happens. */
  how: "nothing" | "badge" | "banner";
  cause: NotificationCause | null;
  /** The keyword it has. */
  keyword: string | null;
  reason: NotificationReason;
}

export interface InboxItem {
  id: string;
  cause: NotificationCause;
  keyword: string | null;
  /** It made no noise, for this reason; null: it was shown. */
  quiet: NotificationReason | null;
  at: number;
  read: boolean;
  who: Person | null;
  space: { id: Id; name: string } | null;
  channel: { id: Id; name: string } | null;
  /** As one says where it is: `#general`, or who is in a conversation; empty where it is nowhere. */
  place: string;
  /** The message on which the thread hangs that it is in. */
  thread: Id | null;
  /** The message, or the one that was reacted to or reported. */
  message: Message | null;
  /** Of a reaction. */
  emoji: string | null;
}

/** Which items: what calls this person, what is in threads or answers them, reactions, requests, reports and being let in somewhere. */
export const inboxFilters = ["mentions", "threads", "reactions", "requests"] as const;
export type InboxFilter = (typeof inboxFilters)[number];

/** To be shown now. One with the same `id` as an earlier one takes its place. */
export interface Notification {
  /** Of one place: `CHANNEL/THREAD` (the thread may be missing), or the cause where there is no channel. Of several: `many` or `missed`. */
  id: string;
  /** `one`: the item; `more`: several in one place; `many`: in several places; `missed`: what came while nobody was here. */
  kind: "one" | "more" | "many" | "missed";
  count: number;
  /** The newest of them. */
  item: InboxItem;
  /** Where they are, those with the most first; at most ten. */
  places: { channel: Id | null; name: string; count: number }[];
  sound: boolean;
}

export interface UnreadChannel {
  id: Id;
  name: string;
  space: { id: Id; name: string };
  unread: number;
  mentions: number;
}

/** How calling somebody while nobody looks here goes. */
export interface WakeCalls {
  /** One is under way. */
  calling: boolean;
  /** When one was last taken, since the start of this device's Multichat, ms. */
  taken: number | null;
  /** Why the last one was not taken, in words; it is tried again. */
  problem: string | null;
}

/** What is called while nobody looks here, with nothing in it that says from whom or what: an address, and browsers. */
export interface Wake extends WakeCalls {
  url: string | null;
  browsers: PushBrowser[];
}

/** A browser that is told through its push service, by what it calls itself there. */
export interface PushBrowser extends WakeCalls {
  endpoint: string;
  /** The host of the endpoint. */
  service: string;
  /** Since when, ms. */
  at: number;
  /** The push service no longer knows it: it is to subscribe anew. */
  ended: boolean;
}

export interface NotificationCommands {
  "notify.rules": [Record<string, never>, { rules: NotificationRules }];
  /** What is left out stays. */
  "notify.settings": [Partial<NotificationSettings>, { rules: NotificationRules }];
  /** An empty rule is none. */
  "notify.rule": [{ scope: NotificationScope; id: Id; rule: NotificationRule }, { rules: NotificationRules }];
  /** Why somebody was or was not told of a message. */
  "notify.why": [{ message: Id }, { decision: NotificationDecision }];
  /** The newest first. `before`: the id of the last one of the page before. */
  "inbox.list": [{ filter?: InboxFilter; unread?: boolean; before?: string; limit?: number }, { items: InboxItem[]; unread: number; hasOlder: boolean }];
  /** Takes these out, or all: on all devices. What was written is as unread as before. `missing`: named, but not in the inbox. */
  "inbox.clear": [{ items?: string[] }, { unread: number; missing: string[] }];
  "wake.get": [Record<string, never>, { wake: Wake }];
  /** Of this device. Null: nothing is called. */
  "wake.set": [{ url: string | null }, { wake: Wake }];
  /** By what browsers know this device when they subscribe: a P-256 key, in base64url. */
  "wake.key": [Record<string, never>, { key: string }];
  /** This browser is told through its push service, as long as that knows it. `p256dh` and `auth`: its keys, in base64url. */
  "wake.subscribe": [{ endpoint: string; p256dh: string; auth: string }, { wake: Wake }];
  "wake.unsubscribe": [{ endpoint: string }, { wake: Wake }];
  /** Calls at once: everything, or this endpoint, or (null) the address. How that went comes as a push. */
  "wake.test": [{ only?: string | null }, { wake: Wake }];
  "unread.get": [Record<string, never>, { total: number; mentions: number; channels: UnreadChannel[] }];
}

export interface NotificationPushes {
  notification: Notification;
  /** Read, or gone: no longer to be shown. */
  "notification-gone": { ids: string[] };
  /** List it again. */
  inbox: { unread: number };
  "notification-rules": NotificationRules;
  wake: Wake;
}
