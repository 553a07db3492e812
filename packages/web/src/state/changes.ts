/** What the node said should be listed again: a number for each such list, which grows. */
import type { Id } from "@multichat/client/contract";
import type { App } from "./store.ts";

export type Changing = "invites" | "roles" | "restrictions" | "audit" | "reports" | "join-requests" | "ownership" | "requests" | "threads" | "pins" | "saved" | "scheduled" | "inbox" | "notification-rules";

export function changeKey(what: Changing, space: Id | null): string {
  return space === null ? what : `${what} ${space}`;
}

export function noteChange(app: App, what: Changing, space: Id | null): void {
  const key = changeKey(what, space);
  app.store.setState((s) => ({ changes: { ...s.changes, [key]: (s.changes[key] ?? 0) + 1 } }));
}
