/**
 * Names and messages are written by others: what would move the cursor, recolour the terminal or turn the reading
 * direction around is left out before a person sees it.
 */
// oxlint-disable-next-line no-control-regex -- these are the characters to leave out
const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

export function printable(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll(hidden, "");
}

/** Has no width, or none of its own: two names that look the same would be different ones. */
const unseen = /[\u00ad\u061c\u200b\u200e\u200f\u2060-\u2064\ufeff]/g;

/** On one line, for columns and names. */
export function oneLine(text: string): string {
  return printable(text).replaceAll(unseen, "").replaceAll(/\s+/g, " ").trim();
}
