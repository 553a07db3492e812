/**
 * The loaded messages of a channel or a thread, in display order. Pure: pages and pushes are merged by position, and a message
 * that is already here is replaced, also when it moved (a wrong clock that came due).
 */
import type { Delivery, Id, Message } from "@multichat/client/contract";

export interface Timeline {
  /** Of a thread: the channel it is in. The timeline's key is then the message the thread hangs on, else its channel. */
  thread: { channel: Id } | null;
  messages: readonly Message[];
  hasOlder: boolean;
  /** What is loaded lies around an older message, and does not reach to the newest. */
  hasNewer: boolean;
  loading: "first" | "older" | "newer" | null;
  /** Why the last page could not be fetched, in words. */
  problem: string | null;
  /** Messages after this one were unread when the channel was opened: the "new" line goes after it. */
  readUpTo: Id | null;
  /** Where the "new" line is, once it is known; stays while the channel is looked at. */
  firstUnread: Id | null;
  /** Arrived into the past since the person last looked there. */
  arrivedLater: readonly Id[];
}

export const emptyTimeline: Timeline = {
  thread: null,
  messages: [],
  hasOlder: true,
  hasNewer: false,
  loading: null,
  problem: null,
  readUpTo: null,
  firstUnread: null,
  arrivedLater: [],
};

/** Both sides sorted or not, the result is sorted by position and holds each id once; newer versions win. */
export function mergeMessages(
  present: readonly Message[],
  incoming: readonly Message[],
): readonly Message[] {
  if (incoming.length === 0) return present;
  const fresh = new Map(incoming.map((message) => [message.id, message]));
  const added = [...fresh.values()].sort(byPosition);
  const kept = present.filter((message) => !fresh.has(message.id));

  const last = kept.at(-1);
  if (!last || byPosition(last, added[0]!) < 0) return [...kept, ...added];
  if (byPosition(added.at(-1)!, kept[0]!) < 0) return [...added, ...kept];
  return interleave(kept, added);
}

function interleave(left: readonly Message[], right: readonly Message[]): Message[] {
  const merged: Message[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    merged.push(byPosition(left[i]!, right[j]!) < 0 ? left[i++]! : right[j++]!);
  }
  while (i < left.length) merged.push(left[i++]!);
  while (j < right.length) merged.push(right[j++]!);
  return merged;
}

function byPosition(a: Message, b: Message): number {
  return a.position < b.position ? -1 : a.position > b.position ? 1 : 0;
}

/**
 * Pushed messages. Those older than what is loaded are left for their page, which will bring them in order; late ones
 * among what is loaded are remembered, to be announced.
 */
export function receive(timeline: Timeline, incoming: readonly Message[]): Timeline {
  const oldest = timeline.messages[0];
  const newest = timeline.messages.at(-1);
  const inWindow = incoming.filter(
    (message) =>
      (!timeline.hasOlder || (oldest && message.position >= oldest.position)) &&
      (!timeline.hasNewer || (newest && message.position <= newest.position)),
  );
  if (inWindow.length === 0) return timeline;
  const known = new Set(timeline.messages.map((message) => message.id));
  const arrivedLater = [...timeline.arrivedLater];
  let end = newest;
  for (const message of inWindow) {
    if (message.late && !known.has(message.id) && end && byPosition(message, end) < 0) arrivedLater.push(message.id);
    known.add(message.id);
    if (!end || byPosition(end, message) < 0) end = message;
  }
  return { ...timeline, messages: mergeMessages(timeline.messages, inWindow), arrivedLater };
}

export function withoutMessages(timeline: Timeline, gone: readonly Id[]): Timeline {
  const ids = new Set(gone);
  return {
    ...timeline,
    messages: timeline.messages.filter((message) => !ids.has(message.id)),
    arrivedLater: timeline.arrivedLater.filter((id) => !ids.has(id)),
  };
}

/** Answers to these stay, and say that what they answer is gone. */
export function withoutQuotes(timeline: Timeline, gone: readonly Id[]): Timeline {
  const ids = new Set(gone);
  if (!timeline.messages.some(({ reply }) => reply !== null && ids.has(reply.id))) return timeline;
  return {
    ...timeline,
    messages: timeline.messages.map((message) =>
      message.reply !== null && ids.has(message.reply.id) ? { ...message, reply: { ...message.reply, author: null, imported: null, text: null } } : message,
    ),
  };
}

export function withDelivery(
  timeline: Timeline,
  updates: readonly { message: Id; delivery: Delivery }[],
): Timeline {
  const byId = new Map(updates.map((update) => [update.message, update.delivery]));
  return {
    ...timeline,
    messages: timeline.messages.map((message) => {
      const delivery = byId.get(message.id);
      return delivery ? { ...message, delivery } : message;
    }),
  };
}

/** Of more messages than `most` those at one end are let go, to be fetched again on the way back. */
export function letGo(timeline: Timeline, end: "oldest" | "newest", most: number): Timeline {
  const { messages } = timeline;
  if (messages.length <= most) return timeline;
  return end === "newest"
    ? { ...timeline, messages: messages.slice(0, most), hasNewer: true }
    : { ...timeline, messages: messages.slice(-most), hasOlder: true };
}

/** A newer version of a message, where it is among what is loaded. */
export function withVersion(timeline: Timeline, message: Message): Timeline {
  if (!timeline.messages.some(({ id }) => id === message.id)) return timeline;
  return { ...timeline, messages: mergeMessages(timeline.messages, [message]) };
}

/** The first of this many messages of others at the end. */
export function firstOfLast(messages: readonly Message[], unread: number): Id | null {
  const others = messages.filter((message) => !message.own);
  return unread > 0 ? (others.at(-Math.min(unread, others.length))?.id ?? null) : null;
}

/** The first message by somebody else after `readUpTo`; null if all is read or it is not loaded yet. */
export function findFirstUnread(timeline: Timeline): Id | null {
  const { messages, readUpTo, hasOlder } = timeline;
  const read = readUpTo === null ? -1 : messages.findIndex((message) => message.id === readUpTo);
  if (read === -1 && hasOlder) return null;
  if (read === -1 && readUpTo !== null) return null;
  return messages.slice(read + 1).find((message) => !message.own)?.id ?? null;
}
