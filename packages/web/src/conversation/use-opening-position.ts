import type { Virtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef } from "react";

type List = Virtualizer<HTMLDivElement, Element>;

/** A channel opens at its first unread message, or at its end. Once. */
export function useOpeningPosition(virtualizer: List, count: number, firstUnread: number): void {
  const done = useRef(false);
  useLayoutEffect(() => {
    if (done.current || count === 0) return;
    done.current = true;
    if (firstUnread >= 0) virtualizer.scrollToIndex(firstUnread, { align: "start" });
    else virtualizer.scrollToEnd();
  }, [virtualizer, count, firstUnread]);
}
