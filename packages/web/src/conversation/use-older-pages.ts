import type { Id } from "@multichat/client/contract";
import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect } from "react";
import { useApp } from "../state/context.tsx";
import { scrollOlder } from "../state/loading.ts";
import type { Timeline } from "../state/timeline.ts";

/** Older messages are fetched this many rows before they are needed. */
const fetchAheadRows = 40;
/** The list has put itself right after opening or after a page came in; before that its first row says nothing. */
const settledMs = 60;

/** Fetches the next older page when the person comes near the oldest loaded message. */
export function useOlderPages(
  key: Id,
  timeline: Timeline,
  virtualizer: Virtualizer<HTMLDivElement, Element>,
): void {
  const app = useApp();
  const near = (virtualizer.range?.startIndex ?? 0) < fetchAheadRows;
  const wanted = near && timeline.hasOlder && timeline.loading === null && timeline.problem === null;
  useEffect(() => {
    if (!wanted) return;
    const timer = setTimeout(() => {
      if ((virtualizer.range?.startIndex ?? 0) < fetchAheadRows) void scrollOlder(app, key);
    }, settledMs);
    return () => clearTimeout(timer);
  }, [app, key, virtualizer, wanted, timeline.messages]);
}
