/** Keeps a list at its end while it follows it: through what comes in, and through every change of its size. */
import { elementScroll, type Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, type RefObject } from "react";
import type { Following } from "./following.ts";

type List = Virtualizer<HTMLDivElement, Element>;

/** What the virtualizer scrolls by, so that its corrections are not taken for a person's scrolling. */
export function scrollFor(following: Following): List["options"]["scrollToFn"] {
  return (offset, options, virtualizer) => {
    const list = virtualizer.scrollElement;
    if (list) following.place(list, () => elementScroll(offset, options, virtualizer));
  };
}

/** @param toNewest what is loaded reaches to the newest message: at its end is the end */
export function useFollowing(
  following: Following,
  scroller: RefObject<HTMLDivElement | null>,
  toNewest: boolean,
): void {
  // After every draw, before it is seen; after the virtualizer's own corrections.
  useLayoutEffect(() => {
    const list = scroller.current!;
    if (!toNewest) following.leave();
    if (!following.follows) return;
    following.look(list);
    following.hold(list);
  });
  useEffect(() => {
    const list = scroller.current!;
    const look = () => {
      following.look(list);
      if (!toNewest) following.leave();
    };
    const observer = new ResizeObserver(() => {
      look();
      following.hold(list);
    });
    // Before the virtualizer draws for it.
    list.addEventListener("scroll", look, { passive: true, capture: true });
    observer.observe(list);
    return () => {
      list.removeEventListener("scroll", look, { capture: true });
      observer.disconnect();
    };
  }, [following, scroller, toNewest]);
}

export function scrollToEnd(following: Following, virtualizer: List): void {
  following.begin();
  virtualizer.scrollToEnd();
}

/** Where that turns out to be the end it is followed again, once the rows there have been measured. */
export function scrollToRow(
  following: Following,
  virtualizer: List,
  index: number,
  align: "auto" | "center" | "start",
): void {
  following.leave();
  virtualizer.scrollToIndex(index, { align });
  requestAnimationFrame(
    () => virtualizer.scrollElement && following.look(virtualizer.scrollElement),
  );
}
