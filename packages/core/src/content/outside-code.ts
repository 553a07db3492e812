/** What stands in a text outside Markdown's code (spec/12-content.md, Mentions), found in a time that grows with the text, whatever it is made of. */

/** What may begin or end code: a fence, which stands at the beginning of a line, or any run of backticks. */
const marks = /(?<=^|\n) {0,3}(`{3,}(?=[^`\n]*(?:\n|$))|~{3,})|`+/g;

interface Mark {
  index: number;
  end: number;
  fence: string | null;
  run: number;
}

/** The matches of a pattern that begin outside code. @param pattern with the flag g */
export function* outsideCode(text: string, pattern: RegExp): Generator<RegExpExecArray> {
  const code = codeIn(text);
  let next = 0;
  for (const match of text.matchAll(pattern)) {
    while (next < code.length && code[next]!.to <= match.index) next++;
    if (next === code.length || match.index < code[next]!.from) yield match;
  }
}

/** A block runs to its like or to the end, a span to as many backticks as began it. */
function codeIn(text: string): { from: number; to: number }[] {
  const found = [...text.matchAll(marks)].map(markOf);
  const likes = nextOfSameLength(found);
  const code: { from: number; to: number }[] = [];
  for (let i = 0; i < found.length; i++) {
    const mark = found[i]!;
    const end = mark.fence === null ? likes[i]! : endOfBlock(found, i);
    if (end === null) continue;
    code.push({ from: mark.index, to: found[end]?.end ?? text.length });
    i = end;
  }
  return code;
}

function markOf({ 0: written, 1: fence, index }: RegExpExecArray): Mark {
  return { index, end: index + written.length, fence: fence ?? null, run: written.includes("~") ? 0 : written.trimStart().length };
}

function endOfBlock(found: readonly Mark[], begun: number): number {
  const { fence } = found[begun]!;
  for (let i = begun + 1; i < found.length; i++) if (found[i]!.fence?.startsWith(fence!)) return i;
  return found.length;
}

/** Null: there is none behind it. */
function nextOfSameLength(found: readonly Mark[]): (number | null)[] {
  const last = new Map<number, number>();
  const likes: (number | null)[] = [];
  for (let i = found.length - 1; i >= 0; i--) {
    const { run } = found[i]!;
    likes[i] = last.get(run) ?? null;
    last.set(run, i);
  }
  return likes;
}
