/** Marks a channel or thread read up to its newest message, when the person can see it. */
import type { Id, Message } from "@multichat/client/contract";
import { changeTimeline, loadedMessage, timelinesOf } from "./change-timeline.ts";
import { placeOf } from "./loading.ts";
import type { App } from "./store.ts";

/** By timeline: the message up to which it was marked; null: it stays unread until it is left. */
const marked = new WeakMap<App, Map<Id, Id | null>>();

function marksOf(app: App): Map<Id, Id | null> {
  const marks = marked.get(app) ?? new Map<Id, Id | null>();
  marked.set(app, marks);
  return marks;
}

export async function markRead(app: App, key: Id): Promise<void> {
  const { timelines, link } = app.store.getState();
  const timeline = timelines[key];
  const newest = timeline?.messages.at(-1);
  if (!timeline || !newest || timeline.hasNewer || link !== "open" || isRead(app, key, newest)) return;

  const marks = marksOf(app);
  if (marks.get(key) === newest.id || marks.get(key) === null) return;
  marks.set(key, newest.id);
  try {
    const { channel } = await app.client.call("read.mark", { ...placeOf(key, timeline), message: newest.id });
    app.store.setState((s) => ({ channels: { ...s.channels, [channel.id]: channel } }));
  } catch {
    // Still unread; the next look tries again.
    marks.delete(key);
  }
}

/** This message and what follows it count as unread, also while they are looked at. */
export async function markUnread(app: App, message: Message): Promise<void> {
  const [key = message.channel] = timelinesOf(message);
  marksOf(app).set(key, null);
  await app.client.call("read.unmark", { message: message.id });
  changeTimeline(app, key, (timeline) => ({ ...timeline, firstUnread: message.id }));
}

/** It is not looked at any more: when it is opened again it is read again. */
export function leaveUnread(app: App, key: Id): void {
  if (marksOf(app).get(key) === null) marksOf(app).delete(key);
}

function isRead(app: App, key: Id, newest: Message): boolean {
  const state = app.store.getState();
  const thread = state.timelines[key]?.thread;
  if (thread) {
    const unread = loadedMessage(state, thread.channel, key)?.replies?.unread ?? 0;
    return unread === 0 && newest.own;
  }
  const info = state.channels[key];
  return !info || (info.unread === 0 && (newest.own || info.readUpTo === newest.id));
}
