/** `||text||` stays covered until one asks to see it (cover-spoilers.ts), where the bars touch what they enclose. */
import type MarkdownIt from "markdown-it";

const bars = "||";
/** Bars that enclose nothing are passed over, so often that no text takes long. */
const tries = 8;

export function addSpoilers(markdown: InstanceType<typeof MarkdownIt>): void {
  markdown.inline.ruler.at("text", text);
  markdown.inline.ruler.before("link", "spoiler", (state, silent) => {
    if (!state.src.startsWith(bars, state.pos)) return false;
    const from = state.pos + bars.length;
    const to = closing(state.src, from, state.posMax);
    if (to === null) return false;
    if (!silent) {
      const end = state.posMax;
      state.push("spoiler_open", "span", 1).attrs = [["class", "spoiler"]];
      state.push("spoiled_open", "span", 1);
      state.pos = from;
      state.posMax = to;
      markdown.inline.tokenize(state);
      state.push("spoiled_close", "span", -1);
      state.push("spoiler_close", "span", -1);
      state.posMax = end;
    }
    state.pos = to + bars.length;
    return true;
  });
}

/** Where the text ends that begins here. */
function closing(text: string, from: number, end: number): number | null {
  if (from >= end || /[\s|]/u.test(text[from]!)) return null;
  let at = from;
  for (let tried = 0; tried < tries; tried++) {
    at = text.indexOf(bars, at + 1);
    if (at === -1 || at + bars.length > end) return null;
    if (!/[\s|]/u.test(text[at - 1]!)) return at;
  }
  return null;
}

/** As the parser's own rule for what is nothing special, to which a bar is. */
const special = /[\n!#$%&*+\-:<=>@[\\\]^_`{|}~]/gu;

const text: Parameters<InstanceType<typeof MarkdownIt>["inline"]["ruler"]["at"]>[1] = (
  state,
  silent,
) => {
  special.lastIndex = state.pos;
  const end = Math.min(special.exec(state.src)?.index ?? state.posMax, state.posMax);
  if (end === state.pos) return false;
  if (!silent) state.pending += state.src.slice(state.pos, end);
  state.pos = end;
  return true;
};

const enclosed = /\|\|(?![\s|])(?:(?!\|\|)[^])+?(?<!\s)\|\|/gu;

/** For previews and what is read aloud, where nobody can ask to see it. @param cover what stands in its place */
export function withoutSpoilers(text: string, cover: string): string {
  return text.includes(bars) ? text.replaceAll(enclosed, cover) : text;
}
