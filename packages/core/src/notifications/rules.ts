/** What a person wants to be told of (spec/14-notifications.md, Rules). */

/** `mentions`: what calls this person, answers them, is in a thread they follow or has a keyword. */
export type Level = "all" | "mentions" | "nothing";

/** What a rule can be about. */
export type Scope = "person" | "thread" | "channel" | "space";

export interface Rule {
  /** Left out: as what it lies in. */
  level?: Level;
  /** Muted until then, ms. */
  until?: number;
  /** False: not of what calls a role or everyone. */
  everyone?: boolean;
  /** Of a person: told of also while not to be disturbed. */
  anyway?: boolean;
}

/** When not to be disturbed. A time that ends before it begins goes over midnight and belongs to the day on which it begins. */
export interface QuietHours {
  /** An IANA time zone; null: the one this device is in. */
  zone: string | null;
  /** Days from 1, Monday, to 7; times of day as `HH:MM`. */
  times: readonly { days: readonly number[]; from: string; to: string }[];
}

export interface GeneralRules {
  /** Where no rule says otherwise, in workspaces and in conversations. */
  workspaces: Level;
  conversations: Level;
  everyone: boolean;
  reactions: boolean;
  /** Of strangers, introductions, requests to be let in, being let in somewhere. */
  requests: boolean;
  reports: boolean;
  sound: boolean;
  /** Not to be disturbed until then, ms; 0: not so. */
  pausedUntil: number;
  quiet: QuietHours;
  keywords: readonly string[];
}

export interface Rules {
  general: GeneralRules;
  rule(scope: Scope, id: string): Rule | null;
  /** The first keyword that a text has. */
  keywordIn(text: string): string | null;
}

export const startingRules: Readonly<GeneralRules> = {
  workspaces: "mentions",
  conversations: "all",
  everyone: true,
  reactions: true,
  requests: true,
  reports: true,
  sound: false,
  pausedUntil: 0,
  quiet: { zone: null, times: [] },
  keywords: [],
};
