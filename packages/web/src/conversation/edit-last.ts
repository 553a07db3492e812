import type { Id } from "@multichat/client/contract";
import type { App } from "../state/store.ts";
import { mayEdit } from "./may-edit.ts";

/** Begins to change the newest own message that is loaded; false: there is none. */
export function editLast(app: App, timeline: Id): boolean {
  const last = app.store.getState().timelines[timeline]?.messages.findLast(mayEdit);
  if (!last) return false;
  app.store.setState({ editing: { message: last.id, timeline, text: null }, jumpTo: last.id });
  return true;
}

/** From the composer into the list above it; false: there is nothing. */
export function focusLastRow(timeline: Id): boolean {
  const last = [...document.querySelectorAll<HTMLElement>(`[data-messages="${timeline}"] [data-row]`)].at(-1);
  last?.focus();
  return last !== undefined;
}
