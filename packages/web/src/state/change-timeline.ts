import type { Id, Message } from "@multichat/client/contract";
import { takeGathered } from "./gathering.ts";
import type { App, AppState } from "./store.ts";
import { withVersion, type Timeline } from "./timeline.ts";

/** Changes the timeline of a channel or thread, if it is loaded. */
export function changeTimeline(app: App, key: Id, change: (timeline: Timeline) => Timeline): void {
  takeGathered(app);
  app.store.setState((s) => {
    const timeline = s.timelines[key];
    return timeline ? { timelines: { ...s.timelines, [key]: change(timeline) } } : s;
  });
}

/** A newer version of a message takes the place of the one that is shown, wherever it is. */
export function changeMessage(app: App, message: Message): void {
  for (const key of timelinesOf(message)) changeTimeline(app, key, (timeline) => withVersion(timeline, message));
  keepApart(app, message);
}

/** The timelines in which a message has a place: of its channel, of its thread, or both. */
export function timelinesOf({ channel, thread, also }: Pick<Message, "channel" | "thread" | "also">): Id[] {
  return thread === null ? [channel] : also ? [thread, channel] : [thread];
}

/**
 * Messages at the head of an opened thread, and those that are being answered, are known apart from their channel, of which this part may not
 * be loaded. What is deleted is answered no further.
 */
export function keepApart(app: App, message: Message): void {
  app.store.setState((s) => {
    const places = Object.keys(s.replying).filter((place) => s.replying[place]!.id === message.id);
    if (!s.roots[message.id] && places.length === 0) return s;
    const replying = { ...s.replying };
    for (const place of places) {
      if (message.deleted) delete replying[place];
      else replying[place] = message;
    }
    return { replying, ...(s.roots[message.id] && { roots: { ...s.roots, [message.id]: message } }) };
  });
}

/** A message that is shown somewhere; undefined: it is not loaded. */
export function loadedMessage({ timelines, roots }: Pick<AppState, "timelines" | "roots">, key: Id, id: Id): Message | undefined {
  return timelines[key]?.messages.find((message) => message.id === id) ?? roots[id];
}
