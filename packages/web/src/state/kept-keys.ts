/** Under which keys this browser keeps what is of an account, in localStorage. Of drafts each place has one, which begins so. */
export const keptKeys = {
  draft: "multichat.draft.",
  outgoing: "multichat.outgoing",
  staged: "multichat.staged",
  lastChannel: "multichat.lastChannel",
  lastSpace: "multichat.lastSpace",
} as const;
