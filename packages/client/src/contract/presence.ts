/** Who is there, what they say of themselves, who is writing, and who has read what (spec/local-api.md, spec/13-presence.md). */
import type { Id, Person } from "./model.ts";

export const personStates = ["online", "away", "dnd", "offline"] as const;
/** `offline` is also who is invisible, or does not show it to this account. */
export type PersonState = (typeof personStates)[number];

export const presenceChoices = ["online", "away", "dnd", "invisible"] as const;
/** `online`: what the device notices, so also away by itself. */
export type PresenceChoice = (typeof presenceChoices)[number];

export interface PersonStatus {
  emoji: string | null;
  text: string | null;
  /** Shown in place of the text while the person is not online. */
  away: string | null;
  /** 0 = no end. */
  until: number;
}

export interface Presence {
  account: Id;
  state: PersonState;
  /** When this node saw them last; null while they are there, or where that is not known or not to be known. */
  lastSeen: number | null;
  status: PersonStatus | null;
}

export interface OwnPresence {
  chosen: PresenceChoice;
  /** 0 = until something else is chosen. */
  until: number;
  /** As others see it. */
  state: PersonState;
  status: PersonStatus | null;
}

export const presenceVisibilities = ["everyone", "members", "contacts", "nobody"] as const;
export type PresenceVisibility = (typeof presenceVisibilities)[number];
export type SpacePresenceVisibility = Exclude<PresenceVisibility, "members">;

export interface PresenceSettings {
  visibility: PresenceVisibility;
  /** Others may know when they saw this person last; off also hides theirs. */
  lastSeen: boolean;
  /** Shows others that this person is writing; off also hides theirs. */
  typing: boolean;
  /** Shows others how far this person has read; off also hides theirs. */
  receipts: boolean;
  /** Spaces in which something else holds than in general. */
  spaces: { space: Id; visibility: SpacePresenceVisibility }[];
  /** People for whom something else holds than anywhere. */
  people: { person: Person; show: "always" | "never" }[];
}

/** Who is writing or recording in a channel, or in a thread of it, besides this account. */
export interface Typing {
  channel: Id;
  thread: Id | null;
  people: { person: Person; recording: boolean }[];
}

/** Who has read a message, as far as they tell it and this account tells it too. */
export interface SeenBy {
  /** False: this account's receipts are off, or this place has none; then nobody is named. */
  available: boolean;
  people: Person[];
  /** Members besides this account and the author. */
  of: number;
}

export interface PresenceCommands {
  "presence.get": [Record<string, never>, { own: OwnPresence }];
  /** Changes what is given. `until` is for `state`; `status` null takes it away. */
  "presence.set": [{ state?: PresenceChoice; until?: number; status?: PersonStatus | null }, { own: OwnPresence }];
  /** The person is at this interface: said at most once a minute. */
  "presence.active": [Record<string, never>, Record<string, never>];
  /** Whom this connection shows (at most 100). Replaces who was shown before. In large workspaces only their presence comes. */
  "presence.watch": [{ accounts: Id[] }, { people: Presence[] }];
  "presence.settings": [Record<string, never>, { settings: PresenceSettings }];
  /** Changes what is given; null lets the general choice hold again. */
  "presence.set-settings": [
    {
      visibility?: PresenceVisibility;
      lastSeen?: boolean;
      typing?: boolean;
      receipts?: boolean;
      spaces?: { space: Id; visibility: SpacePresenceVisibility | null }[];
      people?: { account: Id; show: "always" | "never" | null }[];
    },
    { settings: PresenceSettings },
  ];
  /** Said while it goes on, every few seconds; null when it ends. */
  "typing.set": [{ channel: Id; thread?: Id; state: "typing" | "recording" | null }, Record<string, never>];
  "message.seen": [{ message: Id }, { seen: SeenBy }];
}

export interface PresencePushes {
  /** These are otherwise than before. */
  presence: { people: Presence[] };
  "own-presence": OwnPresence;
  typing: Typing;
}
