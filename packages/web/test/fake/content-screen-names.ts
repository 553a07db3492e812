/** Screens about what one does with messages; see screen-names.ts. */
export const contentScreenNames = [
  "talk",
  "thread",
  "threads",
  "saved",
  "pins",
  "emoji",
  "editing",
  "forward",
] as const;
