/**
 * The store as everything in the engine reads it: what is due is as if it were purged already (spec/12-content.md, Expiry), however far
 * the purge has come. It costs nothing while nothing is due.
 */
import type { FiledAnnotation, Store, StoredEvent, Target } from "@multichat/core/ports";
import type { ChannelId, EventId } from "@multichat/protocol";

/** They stand by themselves: what they hang on may go without them. */
const inThreads = new Set(["reply", "imported"]);

export function unexpiredStore(store: Store, now: () => number): Store {
  /** When the earliest is due that is still here; undefined: to be looked up. */
  let earliest: number | undefined;
  /** Counting what is shown beside many that are due takes time, and is asked for with every slice that is purged. */
  const counts = new Map<string, number>();
  /** Until when they hold. */
  let counted = { from: 0, until: 0 };

  function forget(): void {
    earliest = undefined;
    counts.clear();
  }

  /** The time by which something is due that is still here; undefined: nothing is. */
  function due(): number | undefined {
    earliest ??= store.nextExpiry() ?? Number.POSITIVE_INFINITY;
    if (earliest === Number.POSITIVE_INFINITY) return undefined;
    const at = now();
    return earliest <= at ? at : undefined;
  }

  function isDue(id: EventId, at: number | undefined): boolean {
    return at !== undefined && (store.expiry(id) ?? at + 1) <= at;
  }

  function withoutWords<Event extends StoredEvent>(event: Event, at: number): Event {
    return isDue(event.id, at) ? { ...event, salt: null, payload: null } : event;
  }

  function events<Event extends StoredEvent>(found: Event[]): Event[] {
    const at = due();
    return at === undefined ? found : found.map((event) => withoutWords(event, at));
  }

  /** What is said about a message goes with it. */
  function said(target: Target, kind: string, read: () => FiledAnnotation[]): FiledAnnotation[] {
    const at = due();
    if (at === undefined) return read();
    return !inThreads.has(kind) && isDue(target.id, at) ? [] : read().filter(({ event }) => !isDue(event, at));
  }

  function count(what: "timelineCount" | "unreadCount" | "mentionCount", channel: ChannelId): number {
    const at = due();
    if (at === undefined) return store[what](channel);
    if (at < counted.from || at >= counted.until) {
      counts.clear();
      counted = { from: at, until: store.nextExpiry(at) ?? Number.POSITIVE_INFINITY };
    }
    const key = `${what} ${channel}`;
    const known = counts.get(key) ?? store[what](channel, at);
    counts.set(key, known);
    return known;
  }

  /** What may be shown otherwise is counted again. */
  function changing<Given extends unknown[]>(change: (...given: Given) => void): (...given: Given) => void {
    return (...given) => {
      counts.clear();
      change(...given);
    };
  }

  return {
    ...store,
    transaction(work) {
      try {
        return store.transaction(work);
      } catch (error) {
        // What was undone is here again.
        forget();
        throw error;
      }
    },
    dropSpace(space) {
      store.dropSpace(space);
      forget();
    },
    putExpiries(expiries) {
      if (expiries.length === 0) return;
      const now = due();
      const isOther = ({ event, at }: (typeof expiries)[number]): boolean => now === undefined || isDue(event, now) !== (at !== null && at <= now);
      if (expiries.some(isOther)) counts.clear();
      for (const { at } of expiries) if (at !== null && now !== undefined && at > now) counted.until = Math.min(counted.until, at);
      store.putExpiries(expiries);
      earliest = undefined;
    },
    putExpiryBefore(channel, before, at) {
      store.putExpiryBefore(channel, before, at);
      forget();
    },
    purgeDue(at, limit) {
      const purged = store.purgeDue(at, limit);
      earliest = undefined;
      if (at >= counted.until) counts.clear();
      return purged;
    },

    event(id) {
      const event = store.event(id);
      const at = event === null ? undefined : due();
      return event === null || at === undefined ? event : withoutWords(event, at);
    },
    eventsAt: (channel, device, seq) => events(store.eventsAt(channel, device, seq)),
    channelEvents: (channel) => events(store.channelEvents(channel)),
    eventsBefore: (channel, before, limit) => events(store.eventsBefore(channel, before, limit)),
    arrivedAfter: (arrival, limit) => events(store.arrivedAfter(arrival, limit)),
    feedEvents: (channel, device, from, to, limit) => events(store.feedEvents(channel, device, from, to, limit)),

    putTimeline: changing(store.putTimeline),
    removeTimeline: changing(store.removeTimeline),
    markRead: changing(store.markRead),
    markUnread: changing(store.markUnread),
    timeline: (channel, bound, limit) => store.timeline(channel, bound, limit, due()),
    timelineEnd: (channel) => store.timelineEnd(channel, due()),
    timelineEntry: (id) => (isDue(id, due()) ? null : store.timelineEntry(id)),
    timelineEntries: (id) => (isDue(id, due()) ? [] : store.timelineEntries(id)),
    timelineCount: (channel) => count("timelineCount", channel),
    unreadCount: (channel) => count("unreadCount", channel),
    mentionCount: (channel) => count("mentionCount", channel),

    annotation(target, kind, author, slot) {
      const read = (): FiledAnnotation[] => [store.annotation(target, kind, author, slot)].filter((one) => one !== null);
      return said(target, kind, read)[0] ?? null;
    },
    annotationsBy: (target, kind, author, limit) => said(target, kind, () => store.annotationsBy(target, kind, author, limit)),
    annotationsOf: (target, kind, limit) => said(target, kind, () => store.annotationsOf(target, kind, limit)),
    standing: (target, kind, author, limit) => said(target, kind, () => store.standing(target, kind, author, limit)),
    lastOfEach: (target, kind, before) => said(target, kind, () => store.lastOfEach(target, kind, before)),
    authorsOf: (target, kind, without, limit) => store.authorsOf(target, kind, without, limit, due()),
    reactions: (target, viewer, without) => (isDue(target.id, due()) ? [] : store.reactions(target, viewer, without)),
    annotated(channel, kind, limit) {
      const found = store.annotated(channel, kind, limit);
      const at = inThreads.has(kind) ? undefined : due();
      return found.filter((id) => !isDue(id, at));
    },

    search(search, cursor, limit, relevance) {
      const at = due();
      return store.search(at === undefined ? search : { ...search, due: at }, cursor, limit, relevance);
    },
    eventsNaming(blob) {
      const at = due();
      return store.eventsNaming(blob).filter(({ event }) => !isDue(event, at));
    },
  };
}
