/** `:tada:` in a text that is being written becomes its emoji, however it came there. */
import { changedRange } from "../state/changed-range.ts";
import { inCode } from "../state/picks.ts";
import { emojiFor } from "./emoji-list.ts";

const shortcode =
  /(?<=^|[\s([{"'*_>:\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]):[\p{L}\d_+-]{1,32}:/gu;

/**
 * The text with emoji in place of the shortcodes that were completed since `before`, and where the caret is then. What stood
 * there before stays, and so does code.
 */
export function withEmoji(
  before: string,
  after: string,
  caret: number,
): { text: string; caret: number } {
  const changed = changedRange(before, after);
  let text = "";
  let at = 0;
  let moved = caret;
  for (const { 0: code, index: from } of after.matchAll(shortcode)) {
    const to = from + code.length;
    if (from >= changed.toAfter || to <= changed.from || inCode(after, from)) continue;
    // Of one after another; not of `a::key::b`.
    if (after[from - 1] === ":" && from !== at) continue;
    const meant = emojiFor(code.slice(1, -1))?.emoji;
    if (meant === undefined) continue;
    text += after.slice(at, from) + meant;
    at = to;
    if (caret > from) moved += meant.length - (Math.min(caret, to) - from);
  }
  return { text: text + after.slice(at), caret: moved };
}
