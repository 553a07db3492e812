/** The screens by name, for tests that run outside the browser. */
import { contentScreenNames } from "./content-screen-names.ts";
import { governedScreenNames } from "./governed-screen-names.ts";
import { personScreenNames } from "./person-screen-names.ts";
import { writingScreenNames } from "./writing-screen-names.ts";

export const screenNames = [
  "signed-out",
  "away",
  "first-run-name",
  "first-run-phrase",
  "first-run-confirm",
  "first-run-start",
  "start",
  "join-finding",
  "join-fetching",
  "join-failed",
  "team",
  "list",
  "members",
  "profile-card",
  "profile-own",
  "details",
  "unread",
  "alone",
  "big",
  "offline",
  "troubled",
  "gone",
  "invite",
  "invite-link",
  "connections",
  "connections-none",
  "switcher",
  "settings-list",
  "settings-profile",
  "settings-devices",
  "settings-backup",
  "settings-appearance",
  "settings-members",
  "settings-invites",
  "shortcuts",
  "leave",
  "create-channel",
  "topic",
  "phrase",
  "add-workspace",
  ...contentScreenNames,
  ...governedScreenNames,
  ...personScreenNames,
  ...writingScreenNames,
] as const;

export type ScreenName = (typeof screenNames)[number];
