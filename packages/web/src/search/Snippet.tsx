import type { Excerpt } from "@multichat/client/contract";
import { Marked } from "./Marked.tsx";

/** What only says how the text looks is not shown: bold, struck out, code. */
const looks = /\*\*|~~|`+/gu;

/** What surrounds what was found, with that marked. */
export function Snippet({ snippet, ranges }: Excerpt) {
  return (
    <span className="line-clamp-3 wrap-anywhere" dir="auto">
      <Marked text={snippet} ranges={ranges} between={(text) => text.replace(looks, "")} />
    </span>
  );
}
