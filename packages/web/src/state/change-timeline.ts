import type { Id } from "@multichat/client/contract";
import type { App } from "./store.ts";
import type { Timeline } from "./timeline.ts";

/** Changes the timeline of a channel, if it is loaded. */
export function changeTimeline(app: App, channel: Id, change: (timeline: Timeline) => Timeline): void {
  app.store.setState((s) => {
    const timeline = s.timelines[channel];
    return timeline ? { timelines: { ...s.timelines, [channel]: change(timeline) } } : s;
  });
}
