/**
 * Most messages are a line of plain words. What Markdown makes of such a line is known without reading it as Markdown and cleaning what
 * comes of that, which takes most of the time that a row takes to draw.
 */

/** Letters, digits and the marks of a sentence, none of which means anything to Markdown or makes a link; one space between words. */
const plainLine =
  /^(?:[\p{L}\p{M}\p{N}\p{Extended_Pictographic}،؟。，！？、,;?!%'’“”„…–—]|[.:](?= |$)| (?=[^ ])|(?<=[\p{L}\p{N}])[-.](?=[\p{L}\p{N}]))+$/u;
/** "1." at the beginning starts a list; so would a dash, which is only taken within a word. */
const isListed = /^\d+\.(?: |$)/u;

/** False where it may be more than plain words. What is plain holds nothing that HTML would have to escape. */
export function isPlain(text: string): boolean {
  return plainLine.test(text) && !text.startsWith(" ") && !isListed.test(text);
}
