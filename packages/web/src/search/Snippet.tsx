import type { Hit } from "@multichat/client/contract";
import type { ReactNode } from "react";

/** What only says how the text looks is not shown: bold, struck out, code. */
const looks = /\*\*|~~|`+/gu;

/** What surrounds what was found, with that marked. */
export function Snippet({ snippet, ranges }: Pick<Hit, "snippet" | "ranges">) {
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const [from, to] of ranges) {
    pieces.push(
      plain(snippet.slice(at, from)),
      <mark key={from} className="rounded-[3px] bg-warn-wash px-0.5 font-medium text-warn-text">
        {snippet.slice(from, to)}
      </mark>,
    );
    at = to;
  }
  return (
    <span className="line-clamp-3 wrap-anywhere" dir="auto">
      {pieces}
      {plain(snippet.slice(at))}
    </span>
  );
}

function plain(text: string): string {
  return text.replace(looks, "");
}
