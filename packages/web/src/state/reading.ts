/** Marks a channel read up to its newest message, when the person can see it. */
import type { Id } from "@multichat/client/contract";
import type { App } from "./store.ts";

const marked = new WeakMap<App, Map<Id, Id>>();

export async function markRead(app: App, channel: Id): Promise<void> {
  const { timelines, channels, link } = app.store.getState();
  const newest = timelines[channel]?.messages.at(-1);
  const info = channels[channel];
  if (!newest || !info || link !== "open") return;
  if (info.unread === 0 && (newest.own || info.readUpTo === newest.id)) return;

  const done = marked.get(app) ?? new Map<Id, Id>();
  marked.set(app, done);
  if (done.get(channel) === newest.id) return;
  done.set(channel, newest.id);
  try {
    const answer = await app.client.call("read.mark", { channel, message: newest.id });
    app.store.setState((s) => ({ channels: { ...s.channels, [channel]: answer.channel } }));
  } catch {
    // Still unread; the next look tries again.
    done.delete(channel);
  }
}
