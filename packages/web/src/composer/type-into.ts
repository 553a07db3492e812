/** Changes the text of a field as typing would, so that the browser's own undo takes it back: set as a value it would forget all that was typed. */
import { changedRange } from "../state/changed-range.ts";

/** Where it is not being written in, nothing happens. */
export function typeInto(area: HTMLTextAreaElement, text: string): void {
  const before = area.value;
  if (before === text || document.activeElement !== area) return;
  const { from, toBefore, toAfter } = changedRange(before, text);
  area.setSelectionRange(from, toBefore);
  typeHere(text.slice(from, toAfter));
}

/** In place of what is selected in the field that is being written in. */
export function typeHere(text: string): void {
  // Deprecated for want of one meaning in all browsers for styled text; for a plain field they agree, and nothing else can be undone.
  if (text) document.execCommand("insertText", false, text);
  else document.execCommand("delete");
}
