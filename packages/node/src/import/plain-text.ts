/** Text from elsewhere as Markdown that shows the same: nothing in it is to be taken for markup, or for a mention. */

/** Colours and the like of IRC, and characters that no text is made of. */
const controls =
  // oxlint-disable-next-line no-control-regex -- these are the characters to leave out
  /\u0003(?:\d{1,2}(?:,\d{1,2})?)?|\u0004(?:[\da-f]{6}(?:,[\da-f]{6})?)?|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/gi;
const address = /\bhttps?:\/\/[^\s<>"\\^`{|}]+/gi;

export function withoutControls(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll(controls, "");
}

/** Markdown of a text that is none. Addresses stay as they are, so that they become links. */
export function plainToMarkdown(text: string): string {
  const clean = withoutControls(text);
  let markdown = "";
  let from = 0;
  for (const { 0: found, index } of clean.matchAll(address)) {
    markdown += escaped(clean.slice(from, index)) + found;
    from = index + found.length;
  }
  return atLineStarts(markdown + escaped(clean.slice(from)));
}

/** Everything that means something within a line. */
export function escaped(text: string): string {
  return text
    .replaceAll(/[\\`*[\]]/g, "\\$&")
    .replaceAll(/&(?=#?\w{1,31};)/g, "&amp;")
    .replaceAll(/<(?=[@#])/g, "&lt;")
    .replaceAll(/<(?=[a-z/!?])/gi, "\\<")
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replaceAll(/~(?=~)|\|(?=\|)/g, "\\$&");
}

/** What means something at the beginning of a line only; a quotation stays one. */
export function atLineStarts(text: string): string {
  return text
    .replaceAll(/^( {0,3})(#{1,6}(?=\s|$)|[-+](?=\s)|=+(?=[ \t]*$)|-+(?=[ \t]*$)|~{3})/gm, "$1\\$2")
    .replaceAll(/^( {0,3}\d{1,9})([.)])(?=\s)/gm, "$1\\$2")
    .replaceAll(/^(?:\t| {4,})[ \t]*/gm, (indent) =>
      "\u00a0".repeat(Math.min(40, indent.replaceAll("\t", "    ").length)),
    );
}

/** Markdown from elsewhere, in which nobody of this place is called. */
export function withoutMentions(markdown: string): string {
  return markdown.replaceAll(/<(?=@everyone>|(?:@&?|#)[0-9a-f]{64}>)/g, "&lt;");
}
