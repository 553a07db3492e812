import type { Id } from "@multichat/client/contract";
import { useEffect } from "react";
import { useApp } from "../state/context.tsx";
import { letGoAbove, mostLoaded } from "../state/loading.ts";
import type { Following } from "./following.ts";
import type { Timeline } from "../state/timeline.ts";

/** So many more are let go together. */
const together = mostLoaded / 2;
/** There is no hurry, and who is being brought up to the first unread message is on the way by then. */
const settledMs = 1_000;

/** Whoever reads along at the end need not keep all that came in since. */
export function useLettingGo(
  key: Id,
  timeline: Timeline,
  following: Following,
): void {
  const app = useApp();
  const wanted =
    timeline.messages.length > mostLoaded + together &&
    following.follows &&
    timeline.loading === null;
  useEffect(() => {
    if (!wanted) return;
    const timer = setTimeout(() => following.follows && letGoAbove(app, key), settledMs);
    return () => clearTimeout(timer);
  }, [app, key, following, wanted]);
}
