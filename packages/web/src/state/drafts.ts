/** What was typed and not sent, per channel. Written through to localStorage at every keystroke: it is small. */
import type { Id } from "@multichat/client/contract";

const prefix = "multichat.draft.";

export function readDraft(channel: Id): string {
  return localStorage.getItem(prefix + channel) ?? "";
}

export function writeDraft(channel: Id, text: string): void {
  if (text) localStorage.setItem(prefix + channel, text);
  else localStorage.removeItem(prefix + channel);
}
