import type { Hit } from "@multichat/client/contract";
import type { ReactNode } from "react";

/** What surrounds what was found, with that marked. */
export function Snippet({ snippet, ranges }: Pick<Hit, "snippet" | "ranges">) {
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const [from, to] of ranges) {
    pieces.push(
      snippet.slice(at, from),
      <mark key={from} className="rounded-[3px] bg-warn-wash px-0.5 font-medium text-warn-text">
        {snippet.slice(from, to)}
      </mark>,
    );
    at = to;
  }
  return (
    <span className="line-clamp-3 wrap-anywhere" dir="auto">
      {pieces}
      {snippet.slice(at)}
    </span>
  );
}
