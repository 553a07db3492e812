import type { Excerpt } from "@multichat/client/contract";
import type { ReactNode } from "react";

interface Props {
  text: string;
  ranges: Excerpt["ranges"];
  /** What is shown of the text between the marks. */
  between?(text: string): string;
}

/** A text with what was found in it marked. */
export function Marked({ text, ranges, between = (part) => part }: Props) {
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const [from, to] of ranges) {
    pieces.push(
      between(text.slice(at, from)),
      <mark key={from} className="rounded-[3px] bg-warn-wash px-0.5 font-medium text-warn-text">
        {text.slice(from, to)}
      </mark>,
    );
    at = to;
  }
  return (
    <>
      {pieces}
      {between(text.slice(at))}
    </>
  );
}
