import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect, type RefObject } from "react";

/** Whoever is at the end stays there when the list gets lower, as it does under a growing composer or a keyboard. */
export function useHoldEnd(
  scroller: RefObject<HTMLElement | null>,
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  threshold: number,
): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let height = element.clientHeight;
    const observer = new ResizeObserver(() => {
      const fromEnd = element.scrollHeight - element.scrollTop - height;
      if (element.clientHeight !== height && fromEnd <= threshold) virtualizer.scrollToEnd();
      height = element.clientHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, virtualizer, threshold]);
}
