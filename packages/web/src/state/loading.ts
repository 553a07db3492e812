/** Fetching pages of messages: the newest on opening a channel, older ones on scrolling up, missed ones on reconnecting. */
import type { Id, Message } from "@multichat/client/contract";
import { problemText } from "../i18n/problem-text.ts";
import { threadOf, type Route } from "./address.ts";
import { changeTimeline, loadedMessage } from "./change-timeline.ts";
import type { App } from "./store.ts";
import { emptyTimeline, findFirstUnread, firstOfLast, letGo, mergeMessages, type Timeline } from "./timeline.ts";

/** One screen at the usual size, with some to scroll. */
const firstPage = 60;
/** The most the API gives at once. */
const largestPage = 200;
/** Whoever scrolls or reads along has this many messages loaded: every page that comes costs as much as there are. */
export const mostLoaded = 6 * largestPage;
/** Channels and threads kept current in the background, so that going back to one needs no fetch. */
const watchedTimelines = 16;
/** Past this many missed pages a channel is shown afresh from its newest page. */
const catchUpPages = 10;
/** Past this many pages, jumping to the first unread message stops where it got to. */
const jumpPages = 25;

/** A timeline as the commands of the local API name it. */
export function placeOf(key: Id, { thread }: Pick<Timeline, "thread">): { channel: Id; thread?: Id } {
  return thread ? { channel: thread.channel, thread: key } : { channel: key };
}

export async function openChannel(app: App, channel: Id): Promise<void> {
  const { channels } = app.store.getState();
  const info = channels[channel];
  await open(app, channel, { thread: null, readUpTo: info?.readUpTo ?? null }, info?.unread ?? 0);
}

/** Whoever presses on a way to a channel is about to go there: it is asked for before the press has become a click and all is drawn anew. */
export function openAhead(app: App, to: Route): void {
  if (to.at !== "space" || !to.channel || app.store.getState().timelines[to.channel]) return;
  void openChannel(app, to.channel);
}

/** Opens the thread that hangs on a message, which is fetched too. */
export async function openThread(app: App, channel: Id, root: Id): Promise<void> {
  const known = loadedMessage(app.store.getState(), channel, root);
  const keep = (message: Message) => app.store.setState((s) => ({ roots: { ...s.roots, [root]: message } }));
  if (known) keep(known);
  const fetched = app.client.call("message.get", { message: root }).then(({ message }) => keep(message));
  await Promise.all([
    open(app, root, { thread: { channel }, readUpTo: null }, known?.replies?.unread ?? 0),
    // Without it the replies are shown all the same.
    fetched.catch(() => undefined),
  ]);
}

async function open(app: App, key: Id, of: Pick<Timeline, "thread" | "readUpTo">, unread: number): Promise<void> {
  const { timelines, jumpTo } = app.store.getState();
  const existing = timelines[key];
  // It is on its way.
  if (existing?.loading === "first") return;
  const outOfDate = existing?.hasNewer && jumpTo === null;
  if (existing && existing.messages.length > 0 && !outOfDate) {
    changeTimeline(app, key, (timeline) =>
      placeNewLine({ ...timeline, readUpTo: of.readUpTo, firstUnread: null }, unread),
    );
    return;
  }
  app.store.setState((s) => ({
    timelines: { ...s.timelines, [key]: { ...emptyTimeline, ...of, loading: "first" } },
  }));
  await loadNewest(app, key, unread);
}

/** The newest page, in place of what was loaded. */
async function loadNewest(app: App, key: Id, unread: number): Promise<void> {
  const limit = Math.min(largestPage, Math.max(firstPage, unread + 20));
  try {
    // Asked for together, and carried out in this order: nothing falls between the page and what is pushed.
    const watched = watchLoaded(app);
    const timeline = app.store.getState().timelines[key];
    if (!timeline) return await watched;
    const [page] = await Promise.all([app.client.call("message.list", { ...placeOf(key, timeline), limit }), watched]);
    const { messages, hasOlder, hasNewer } = page;
    // All that was pushed before is in it.
    changeTimeline(app, key, (current) => placeNewLine({ ...current, messages, hasOlder, hasNewer, loading: null, problem: null }, unread));
  } catch (error) {
    failed(app, key, error);
  }
}

/** Leaves the part around an older message for the newest page. */
export async function loadPresent(app: App, key: Id): Promise<void> {
  changeTimeline(app, key, (timeline) => ({ ...timeline, messages: [], hasNewer: false, firstUnread: null, arrivedLater: [], loading: "first" }));
  await loadNewest(app, key, 0);
}

/** Loads what lies around a message, in place of what was loaded. */
export async function loadAround(app: App, key: Id, message: Message): Promise<void> {
  const timeline = app.store.getState().timelines[key];
  if (!timeline) return;
  const place = placeOf(key, timeline);
  const [before, after] = await Promise.all([
    app.client.call("message.list", { ...place, before: message.position, limit: firstPage }),
    app.client.call("message.list", { ...place, after: message.position, limit: firstPage }),
  ]);
  changeTimeline(app, key, (current) => ({
    ...current,
    messages: [...before.messages, message, ...after.messages],
    hasOlder: before.hasOlder,
    hasNewer: after.hasNewer,
    firstUnread: null,
    arrivedLater: [],
    loading: null,
    problem: null,
  }));
}

/** The page before, for who scrolls there: what lies far below is let go. */
export function scrollOlder(app: App, key: Id): Promise<void> {
  return loadOlder(app, key, mostLoaded);
}

export async function loadOlder(app: App, key: Id, most = Infinity): Promise<void> {
  const timeline = app.store.getState().timelines[key];
  const oldest = timeline?.messages[0];
  if (!timeline || !oldest || !timeline.hasOlder || timeline.loading) return;
  changeTimeline(app, key, (current) => ({ ...current, loading: "older", problem: null }));
  try {
    const page = await app.client.call("message.list", {
      ...placeOf(key, timeline),
      before: oldest.position,
      limit: largestPage,
    });
    changeTimeline(app, key, (current) => {
      const messages = mergeMessages(page.messages, current.messages);
      const next = letGo({ ...current, messages, hasOlder: page.hasOlder, loading: null }, "newest", most);
      return current.firstUnread || current.thread ? next : placeNewLine(next, current.readUpTo !== null ? 1 : 0);
    });
  } catch (error) {
    failed(app, key, error);
  }
}

/** The next page of a timeline that does not reach to the newest message. */
export async function loadFollowing(app: App, key: Id): Promise<void> {
  const timeline = app.store.getState().timelines[key];
  const newest = timeline?.messages.at(-1);
  if (!timeline || !newest || !timeline.hasNewer || timeline.loading) return;
  changeTimeline(app, key, (current) => ({ ...current, loading: "newer", problem: null }));
  try {
    const page = await app.client.call("message.list", { ...placeOf(key, timeline), after: newest.position, limit: largestPage });
    changeTimeline(app, key, (current) => {
      const messages = mergeMessages(current.messages, page.messages);
      return letGo({ ...current, messages, hasNewer: page.hasNewer, loading: null }, "oldest", mostLoaded);
    });
  } catch (error) {
    failed(app, key, error);
  }
}

/** For who reads along at the end: what lies far above is let go. */
export function letGoAbove(app: App, key: Id): void {
  changeTimeline(app, key, (timeline) => (timeline.loading ? timeline : letGo(timeline, "oldest", mostLoaded)));
}

/** Loads back until the first unread message is here; answers its id. */
export async function loadToFirstUnread(app: App, key: Id): Promise<Id | null> {
  for (let page = 0; page < jumpPages; page++) {
    const timeline = app.store.getState().timelines[key];
    if (!timeline || timeline.firstUnread || !timeline.hasOlder || timeline.problem) break;
    await loadOlder(app, key);
  }
  return app.store.getState().timelines[key]?.firstUnread ?? null;
}

/** After a gap: what came while the connection was away, for every loaded timeline. */
export async function catchUp(app: App): Promise<void> {
  for (const [key, timeline] of Object.entries(app.store.getState().timelines)) {
    if (timeline.loading === "first") continue;
    const newest = timeline.messages.at(-1);
    if (newest && !timeline.problem) {
      await loadMissed(app, key, timeline, newest.position);
      continue;
    }
    app.store.setState((s) => {
      const { [key]: _stale, ...timelines } = s.timelines;
      return { timelines };
    });
    if (!shownTimelines(app).includes(key)) continue;
    await (timeline.thread ? openThread(app, timeline.thread.channel, key) : openChannel(app, key));
  }
}

async function loadMissed(app: App, key: Id, timeline: Timeline, from: string): Promise<void> {
  const place = placeOf(key, timeline);
  // What lies around an older message is shown afresh when it is next gone to.
  if (timeline.hasNewer) return;
  // The newest page again first: delivery marks and texts that came meanwhile change rows already shown.
  const latest = await app.client.call("message.list", { ...place, limit: largestPage });
  const overlap = latest.messages[0] && latest.messages[0].position <= from;
  if (overlap || !latest.hasOlder) {
    merge(app, key, latest.messages);
    return;
  }
  let after = from;
  for (let page = 0; page < catchUpPages; page++) {
    const next = await app.client.call("message.list", { ...place, after, limit: largestPage });
    merge(app, key, next.messages);
    after = next.messages.at(-1)?.position ?? after;
    if (!next.hasNewer || next.messages.length === 0) return;
  }
  // Read anew: what was pushed since the first one is newer than that.
  const afresh = await app.client.call("message.list", { ...place, limit: largestPage });
  changeTimeline(app, key, (current) => ({
    ...current,
    messages: afresh.messages,
    hasOlder: afresh.hasOlder,
  }));
}

function merge(app: App, key: Id, messages: Parameters<typeof mergeMessages>[1]): void {
  changeTimeline(app, key, (timeline) => ({
    ...timeline,
    messages: mergeMessages(timeline.messages, messages),
  }));
}

/** What is on screen first, then what was opened before it; the oldest are let go. */
export async function watchLoaded(app: App): Promise<void> {
  const { timelines } = app.store.getState();
  const shown = shownTimelines(app);
  const others = Object.keys(timelines).filter((key) => !shown.includes(key));
  const watched = [...others, ...shown].slice(-watchedTimelines);
  if (Object.keys(timelines).some((key) => !watched.includes(key))) {
    app.store.setState((s) => ({
      timelines: Object.fromEntries(
        Object.entries(s.timelines).filter(([key]) => watched.includes(key)),
      ),
    }));
  }
  const threads = watched.filter((key) => timelines[key]?.thread);
  const channels = watched.filter((key) => !threads.includes(key));
  await app.client.call("watch", threads.length > 0 ? { channels, threads } : { channels });
}

function placeNewLine(timeline: Timeline, unread: number): Timeline {
  if (timeline.thread) return { ...timeline, firstUnread: firstOfLast(timeline.messages, unread) };
  return { ...timeline, firstUnread: unread > 0 ? findFirstUnread(timeline) : null };
}

/** The channel on screen, and the thread beside it. */
export function shownTimelines(app: App): Id[] {
  const { route, timelines } = app.store.getState();
  if (route.at !== "space" || !route.channel) return [];
  const thread = threadOf(route.pane);
  return thread && timelines[thread] ? [route.channel, thread] : [route.channel];
}

function failed(app: App, key: Id, error: unknown): void {
  changeTimeline(app, key, (timeline) => ({
    ...timeline,
    loading: null,
    problem: problemText(error),
  }));
}
