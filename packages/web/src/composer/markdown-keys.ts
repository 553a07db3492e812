/** Marks around what is selected: bold, italic, code, link. Pressed once more they go. */
import { withText, type Draft } from "../state/picks.ts";
import type { Caret } from "./use-draft.ts";

const marks = { b: "**", i: "*", e: "`" } as const;

/** What Ctrl or Cmd with this key makes of the text; null: it is not one of these keys. */
export function withMark(
  draft: Draft,
  { from, to }: Caret,
  key: string,
): { draft: Draft; caret: Caret } | null {
  const mark = marks[key as keyof typeof marks];
  if (mark) return toggled(draft, from, to, mark);
  if (key !== "k" || from === to) return null;
  const linked = around(draft, from, to, "[", "]()");
  return { draft: linked, caret: { from: to + 3, to: to + 3 } };
}

function toggled(
  draft: Draft,
  from: number,
  to: number,
  mark: string,
): { draft: Draft; caret: Caret } {
  const { text } = draft;
  const length = mark.length;
  const marked = text.slice(from - length, from) === mark && text.slice(to, to + length) === mark;
  // A star of two is no italic.
  if (
    marked &&
    !(mark === "*" && text.slice(from - 2, from) === "**" && text.slice(from - 3, from) !== "***")
  ) {
    const open = withText(draft, text.slice(0, to) + text.slice(to + length));
    return {
      draft: withText(open, open.text.slice(0, from - length) + open.text.slice(from)),
      caret: { from: from - length, to: to - length },
    };
  }
  return {
    draft: around(draft, from, to, mark, mark),
    caret: { from: from + length, to: to + length },
  };
}

/** First after, then before: a name in between stays the one that was chosen. */
function around(draft: Draft, from: number, to: number, before: string, after: string): Draft {
  const closed = withText(draft, draft.text.slice(0, to) + after + draft.text.slice(to));
  return withText(closed, closed.text.slice(0, from) + before + closed.text.slice(from));
}
