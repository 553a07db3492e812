import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect } from "react";
import { useApp, useAppState } from "../state/context.tsx";
import type { App } from "../state/store.ts";
import type { Following } from "./following.ts";
import { scrollToRow } from "./use-following.ts";
import { rowAt } from "./use-list-keys.ts";

type List = Virtualizer<HTMLDivElement, Element>;

/** Rows above are measured as they come into sight and move what was aimed at: after this many frames it is left where it is. */
const mostFrames = 60;

const highlightedMs = 1_600;

/** Brings the message that was asked for into sight and gives it the focus. */
export function useJump(following: Following, virtualizer: List, indexOf: (id: string) => number): void {
  const app = useApp();
  const wanted = useAppState((s) => s.jumpTo);
  const index = wanted === null ? -1 : indexOf(wanted);
  useEffect(() => {
    if (index < 0) return;
    let frame = requestAnimationFrame(() => approach(0));
    const approach = (tried: number) => {
      const row = rowAt(virtualizer, index);
      if (row && isInSight(row, virtualizer)) {
        // What is being changed has the focus in its field.
        if (!row.querySelector("textarea")) row.focus({ preventScroll: true });
        arrived(app);
      } else if (tried < mostFrames) {
        scrollToRow(following, virtualizer, index, "center");
        frame = requestAnimationFrame(() => approach(tried + 1));
      } else app.store.setState({ jumpTo: null });
    };
    return () => cancelAnimationFrame(frame);
  }, [app, following, virtualizer, index]);
}

/** It stands out for a moment, unless it is being changed, which shows by itself. */
function arrived(app: App): void {
  const { jumpTo, editing } = app.store.getState();
  const highlighted = jumpTo === editing?.message ? null : jumpTo;
  app.store.setState({ jumpTo: null, highlighted });
  setTimeout(() => app.store.setState((s) => (s.highlighted === highlighted ? { highlighted: null } : s)), highlightedMs);
}

function isInSight(row: HTMLElement, { scrollElement }: List): boolean {
  const [inner, outer] = [row.getBoundingClientRect(), scrollElement?.getBoundingClientRect()];
  return outer !== undefined && inner.top >= outer.top && inner.top < outer.bottom - 32;
}
