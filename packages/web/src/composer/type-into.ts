/** Changes the text of a field as typing would, so that the browser's own undo takes it back: set as a value it would forget all that was typed. */

/** @returns whether the text was put there */
export function typeInto(area: HTMLTextAreaElement, text: string): boolean {
  const before = area.value;
  if (before === text || document.activeElement !== area) return before === text;
  const longest = Math.min(before.length, text.length);
  let start = 0;
  while (start < longest && before[start] === text[start]) start++;
  let end = 0;
  while (end < longest - start && before.at(-1 - end) === text.at(-1 - end)) end++;
  area.setSelectionRange(start, before.length - end);
  const put = text.slice(start, text.length - end);
  // Deprecated for want of one meaning in all browsers for styled text; for a plain field they agree, and nothing else can be undone.
  return put ? document.execCommand("insertText", false, put) : document.execCommand("delete");
}
