import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect, type RefObject } from "react";

/**
 * Whoever is at the end stays there when the list changes its size: lower under a growing composer or a keyboard, narrower
 * beside the side pane, where every row may wrap into more lines.
 */
export function useHoldEnd(
  scroller: RefObject<HTMLElement | null>,
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  threshold: number,
): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let { clientWidth: width, clientHeight: height } = element;
    let atEnd = false;
    const onScroll = () => {
      // At another size it is the layout that scrolled, not the person.
      if (element.clientWidth !== width || element.clientHeight !== height) return;
      atEnd = element.scrollHeight - element.scrollTop - height <= threshold;
    };
    const observer = new ResizeObserver(() => {
      const resized = element.clientWidth !== width || element.clientHeight !== height;
      ({ clientWidth: width, clientHeight: height } = element);
      if (resized && atEnd) virtualizer.scrollToEnd();
      else onScroll();
    });
    element.addEventListener("scroll", onScroll, { passive: true });
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", onScroll);
      observer.disconnect();
    };
  }, [scroller, virtualizer, threshold]);
}
