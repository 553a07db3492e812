import type { Id } from "@multichat/client/contract";
import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect } from "react";
import { useApp } from "../state/context.tsx";
import { loadFollowing } from "../state/loading.ts";
import type { Timeline } from "../state/timeline.ts";

/** The next messages are fetched this many rows before they are needed. */
const fetchAheadRows = 20;

/** Around an older message: fetches what follows when the person comes near the end of what is loaded. */
export function useFollowingPages(key: Id, timeline: Timeline, virtualizer: Virtualizer<HTMLDivElement, Element>, count: number): void {
  const app = useApp();
  const near = (virtualizer.range?.endIndex ?? 0) > count - fetchAheadRows;
  const wanted = near && timeline.hasNewer && timeline.loading === null && timeline.problem === null;
  useEffect(() => {
    if (wanted) void loadFollowing(app, key);
  }, [app, key, wanted]);
}
