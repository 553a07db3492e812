/** Fetching pages of messages: the newest on opening a channel, older ones on scrolling up, missed ones on reconnecting. */
import type { Id } from "@multichat/client/contract";
import { problemText } from "../i18n/problem-text.ts";
import { changeTimeline } from "./change-timeline.ts";
import type { App } from "./store.ts";
import { emptyTimeline, findFirstUnread, mergeMessages, type Timeline } from "./timeline.ts";

/** One screen at the usual size, with some to scroll. */
const firstPage = 60;
/** The most the API gives at once. */
const largestPage = 200;
/** Channels kept current in the background, so that going back to one needs no fetch. */
const watchedChannels = 12;
/** Past this many missed pages a channel is shown afresh from its newest page. */
const catchUpPages = 10;
/** Past this many pages, jumping to the first unread message stops where it got to. */
const jumpPages = 25;

export async function openChannel(app: App, channel: Id): Promise<void> {
  const { timelines, channels } = app.store.getState();
  const info = channels[channel];
  const existing = timelines[channel];
  if (existing && existing.loading !== "first" && existing.messages.length > 0) {
    const unread = (info?.unread ?? 0) > 0;
    changeTimeline(app, channel, (timeline) =>
      placeNewLine({ ...timeline, readUpTo: info?.readUpTo ?? null, firstUnread: null }, unread),
    );
    return;
  }
  const unread = info?.unread ?? 0;
  const limit = Math.min(largestPage, Math.max(firstPage, unread + 20));
  app.store.setState((s) => ({
    timelines: {
      ...s.timelines,
      [channel]: { ...emptyTimeline, loading: "first", readUpTo: info?.readUpTo ?? null },
    },
  }));
  try {
    await watchLoaded(app);
    const page = await app.client.call("message.list", { channel, limit });
    changeTimeline(app, channel, (timeline) =>
      placeNewLine(
        // All that was pushed before is in it.
        {
          ...timeline,
          messages: page.messages,
          hasOlder: page.hasOlder,
          loading: null,
          problem: null,
        },
        unread > 0,
      ),
    );
  } catch (error) {
    failed(app, channel, error);
  }
}

export async function loadOlder(app: App, channel: Id): Promise<void> {
  const timeline = app.store.getState().timelines[channel];
  const oldest = timeline?.messages[0];
  if (!timeline || !oldest || !timeline.hasOlder || timeline.loading) return;
  changeTimeline(app, channel, (current) => ({ ...current, loading: "older", problem: null }));
  try {
    const page = await app.client.call("message.list", {
      channel,
      before: oldest.position,
      limit: largestPage,
    });
    changeTimeline(app, channel, (current) => {
      const messages = mergeMessages(page.messages, current.messages);
      const next = { ...current, messages, hasOlder: page.hasOlder, loading: null };
      return current.firstUnread ? next : placeNewLine(next, current.readUpTo !== null);
    });
  } catch (error) {
    failed(app, channel, error);
  }
}

/** Loads back until the first unread message is here; answers its id. */
export async function loadToFirstUnread(app: App, channel: Id): Promise<Id | null> {
  for (let page = 0; page < jumpPages; page++) {
    const timeline = app.store.getState().timelines[channel];
    if (!timeline || timeline.firstUnread || !timeline.hasOlder || timeline.problem) break;
    await loadOlder(app, channel);
  }
  return app.store.getState().timelines[channel]?.firstUnread ?? null;
}

/** After a gap: what came while the connection was away, for every loaded channel. */
export async function catchUp(app: App): Promise<void> {
  for (const [channel, timeline] of Object.entries(app.store.getState().timelines)) {
    if (timeline.loading === "first") continue;
    const newest = timeline.messages.at(-1);
    if (!newest || timeline.problem) {
      app.store.setState((s) => {
        const { [channel]: _stale, ...timelines } = s.timelines;
        return { timelines };
      });
      if (isShown(app, channel)) await openChannel(app, channel);
      continue;
    }
    await loadNewer(app, channel, newest.position);
  }
}

async function loadNewer(app: App, channel: Id, from: string): Promise<void> {
  // The newest page again first: delivery marks and texts that came meanwhile change rows already shown.
  const latest = await app.client.call("message.list", { channel, limit: largestPage });
  const overlap = latest.messages[0] && latest.messages[0].position <= from;
  if (overlap || !latest.hasOlder) {
    merge(app, channel, latest.messages);
    return;
  }
  let after = from;
  for (let page = 0; page < catchUpPages; page++) {
    const next = await app.client.call("message.list", { channel, after, limit: largestPage });
    merge(app, channel, next.messages);
    after = next.messages.at(-1)?.position ?? after;
    if (!next.hasNewer || next.messages.length === 0) return;
  }
  // Read anew: what was pushed since the first one is newer than that.
  const afresh = await app.client.call("message.list", { channel, limit: largestPage });
  changeTimeline(app, channel, (timeline) => ({
    ...timeline,
    messages: afresh.messages,
    hasOlder: afresh.hasOlder,
  }));
}

function merge(app: App, channel: Id, messages: Parameters<typeof mergeMessages>[1]): void {
  changeTimeline(app, channel, (timeline) => ({
    ...timeline,
    messages: mergeMessages(timeline.messages, messages),
  }));
}

/** The channel on screen first, then those opened before it; the oldest are let go. */
export async function watchLoaded(app: App): Promise<void> {
  const { timelines, route } = app.store.getState();
  const shown = route.at === "space" ? route.channel : null;
  const others = Object.keys(timelines).filter((channel) => channel !== shown);
  const watched = [...others, ...(shown ? [shown] : [])].slice(-watchedChannels);
  const dropped = Object.keys(timelines).filter((channel) => !watched.includes(channel));
  if (dropped.length > 0) {
    app.store.setState((s) => ({
      timelines: Object.fromEntries(
        Object.entries(s.timelines).filter(([channel]) => !dropped.includes(channel)),
      ),
    }));
  }
  await app.client.call("watch", { channels: watched });
}

function placeNewLine(timeline: Timeline, unread: boolean): Timeline {
  return { ...timeline, firstUnread: unread ? findFirstUnread(timeline) : null };
}

function isShown(app: App, channel: Id): boolean {
  const { route } = app.store.getState();
  return route.at === "space" && route.channel === channel;
}

function failed(app: App, channel: Id, error: unknown): void {
  changeTimeline(app, channel, (timeline) => ({
    ...timeline,
    loading: null,
    problem: problemText(error),
  }));
}
