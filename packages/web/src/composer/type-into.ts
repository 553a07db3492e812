/** Changes the text of a field as typing would, so that the browser's own undo takes it back: set as a value it would forget all that was typed. */

/** Where it is not being written in, nothing happens. */
export function typeInto(area: HTMLTextAreaElement, text: string): void {
  const before = area.value;
  if (before === text || document.activeElement !== area) return;
  const longest = Math.min(before.length, text.length);
  let start = 0;
  while (start < longest && before[start] === text[start]) start++;
  let end = 0;
  while (end < longest - start && before.at(-1 - end) === text.at(-1 - end)) end++;
  area.setSelectionRange(start, before.length - end);
  typeHere(text.slice(start, text.length - end));
}

/** In place of what is selected in the field that is being written in. */
export function typeHere(text: string): void {
  // Deprecated for want of one meaning in all browsers for styled text; for a plain field they agree, and nothing else can be undone.
  if (text) document.execCommand("insertText", false, text);
  else document.execCommand("delete");
}
