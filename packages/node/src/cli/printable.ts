/**
 * Names and messages are written by others: what would move the cursor, recolour the terminal or turn the reading
 * direction around is left out before a person sees it.
 */
// oxlint-disable-next-line no-control-regex -- these are the characters to leave out
const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

export function printable(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll(hidden, "");
}

/** On one line, for columns. */
export function oneLine(text: string): string {
  return printable(text).replaceAll(/\s+/g, " ").trim();
}
