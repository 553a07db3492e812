/**
 * What was typed and not sent, in each channel and in each thread. Written through to localStorage at every keystroke: it is
 * small.
 */
import type { Id } from "@multichat/client/contract";
import { noDraft, type Draft } from "./picks.ts";

const prefix = "multichat.draft.";

/** @param place the id of a channel, or of the message that a thread hangs on */
export function readDraft(place: Id): Draft {
  const stored = localStorage.getItem(prefix + place);
  if (stored === null) return noDraft;
  try {
    const { text, picks } = JSON.parse(stored) as Partial<Draft>;
    return typeof text === "string" && Array.isArray(picks) ? { text, picks } : noDraft;
  } catch {
    // Damaged: there is nothing to go on with.
    return noDraft;
  }
}

export function writeDraft(place: Id, draft: Draft): void {
  if (draft.text) localStorage.setItem(prefix + place, JSON.stringify(draft));
  else localStorage.removeItem(prefix + place);
}
