import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect } from "react";
import { useApp, useAppState } from "../state/context.tsx";

type List = Virtualizer<HTMLDivElement, Element>;

/** Rows above are measured as they come into sight and move what was aimed at: after this many frames it is left where it is. */
const mostFrames = 60;

/** Brings the message that was asked for into sight and gives it the focus. */
export function useJump(virtualizer: List, indexOf: (id: string) => number): void {
  const app = useApp();
  const wanted = useAppState((s) => s.jumpTo);
  const index = wanted === null ? -1 : indexOf(wanted);
  useEffect(() => {
    if (index < 0) return;
    let frame = requestAnimationFrame(() => approach(0));
    const approach = (tried: number) => {
      const row = document.querySelector<HTMLElement>(`[data-row="${index}"]`);
      if (row && isInSight(row, virtualizer)) {
        row.focus({ preventScroll: true });
        app.store.setState({ jumpTo: null });
      } else if (tried < mostFrames) {
        virtualizer.scrollToIndex(index, { align: "center" });
        frame = requestAnimationFrame(() => approach(tried + 1));
      } else app.store.setState({ jumpTo: null });
    };
    return () => cancelAnimationFrame(frame);
  }, [app, virtualizer, index]);
}

function isInSight(row: HTMLElement, { scrollElement }: List): boolean {
  const [inner, outer] = [row.getBoundingClientRect(), scrollElement?.getBoundingClientRect()];
  return outer !== undefined && inner.top >= outer.top && inner.top < outer.bottom - 32;
}
