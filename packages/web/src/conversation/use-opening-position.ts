import type { Virtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef } from "react";
import type { Following } from "./following.ts";
import { scrollToEnd, scrollToRow } from "./use-following.ts";

type List = Virtualizer<HTMLDivElement, Element>;

/** A channel opens at its first unread message, or at its end. Once. */
export function useOpeningPosition(following: Following, virtualizer: List, count: number, firstUnread: number): void {
  const done = useRef(false);
  useLayoutEffect(() => {
    if (done.current || count === 0) return;
    done.current = true;
    if (firstUnread >= 0) scrollToRow(following, virtualizer, firstUnread, "start");
    else scrollToEnd(following, virtualizer);
  }, [following, virtualizer, count, firstUnread]);
}
