/** Screens of writing and finding, in a test file of their own: with another browser they run beside the others. */
import { fileScreenNames } from "./file-screen-names.ts";

export const writingScreenNames = [
  "names",
  "kinds",
  "create-poll",
  "search",
  "forum",
  "create-topic",
  "catch-up",
  "scheduled",
  ...fileScreenNames,
] as const;

export type WritingScreenName = (typeof writingScreenNames)[number];
