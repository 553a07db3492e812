/** The timeline of the memory store. */
import type { Store, TimelineEntry, TimelinePosition, TimelineRow } from "@multichat/core/ports";
import type { ChannelId, EventId, SpaceId } from "@multichat/protocol";
import type { MemoryEvents } from "./memory-events.ts";
import { type DueTimes, isKept } from "./memory-expiries.ts";
import { type Place, SortedList } from "./sorted-list.ts";
import { deleteFrom, setIn, type UndoLog } from "./undo-log.ts";

type TimelineMethods =
  | "putTimeline"
  | "removeTimeline"
  | "timeline"
  | "timelineEntry"
  | "timelineEntries"
  | "timelineEnd"
  | "timelineCount"
  | "unreadCount"
  | "mentionCount"
  | "markRead"
  | "markUnread";

export interface MemoryTimeline extends Pick<Store, TimelineMethods> {
  dropSpace(space: SpaceId): void;
}

/** A channel or a thread. */
interface Channel {
  space: SpaceId;
  order: SortedList<TimelineEntry>;
  unread: Map<EventId, TimelineEntry>;
}

const placeOf = ({ time, id }: TimelinePosition): Place => ({ number: time, id });

export function createMemoryTimeline(
  log: UndoLog,
  events: Pick<Store, "event"> & Pick<MemoryEvents, "spaceOf">,
  dueTimes: DueTimes,
): MemoryTimeline {
  /** The rows of each event, by channel. */
  const entries = new Map<EventId, Map<ChannelId, TimelineEntry>>();
  const channels = new Map<ChannelId, Channel>();

  function channelOf(id: ChannelId, space: SpaceId): Channel {
    const known = channels.get(id);
    // A thread in which nothing stands any more may be one of another space.
    const held = known === undefined || known.order.items.length === 0 ? undefined : known.space;
    if ((events.spaceOf(id) ?? held ?? space) !== space) throw refused();
    if (known?.space === space) return known;
    const order = new SortedList<TimelineEntry>(placeOf);
    const channel: Channel = { space, order, unread: new Map() };
    setIn(log, channels, id, channel);
    return channel;
  }

  function put(entry: TimelineEntry): void {
    const event = events.event(entry.id);
    if (event === null) throw refused();
    channelOf(entry.channel, event.space);
    const old = entries.get(entry.id)?.get(entry.channel);
    if (old !== undefined) remove(old);
    add(entry);
  }

  function add(entry: TimelineEntry): void {
    const { order, unread } = channels.get(entry.channel)!;
    let places = entries.get(entry.id);
    if (places === undefined) setIn(log, entries, entry.id, (places = new Map()));
    setIn(log, places, entry.channel, entry);
    order.add(entry);
    log.undo(() => order.remove(entry));
    if (entry.unread) setIn(log, unread, entry.id, entry);
  }

  function remove(entry: TimelineEntry): void {
    const { order, unread } = channels.get(entry.channel)!;
    deleteFrom(log, entries.get(entry.id)!, entry.channel);
    order.remove(entry);
    log.undo(() => order.add(entry));
    deleteFrom(log, unread, entry.id);
  }

  function replace(old: TimelineEntry, entry: TimelineEntry): void {
    remove(old);
    add(entry);
  }

  function entriesOf(id: EventId): TimelineEntry[] {
    const places = [...(entries.get(id)?.values() ?? [])];
    const own = events.event(id)?.channel;
    return places
      .toSorted((a, b) => Number(b.channel === own) - Number(a.channel === own))
      .map((entry) => ({ ...entry }));
  }

  function asRow(entry: TimelineEntry): TimelineRow {
    const { arrival: _, ...event } = events.event(entry.id)!;
    return { ...entry, event };
  }

  function unreadOf(id: ChannelId, due: number | undefined): TimelineEntry[] {
    const unread = [...(channels.get(id)?.unread.values() ?? [])];
    return unread.filter((entry) => isKept(dueTimes, entry.id, due));
  }

  return {
    putTimeline: (added) =>
      log.transaction(() => {
        for (const { channel, time, id, unread, mention, late } of added) {
          const calls = unread && mention === true;
          put({ channel, time, id, unread, ...(calls && { mention }), late });
        }
      }),

    removeTimeline: (channel, ids) =>
      log.transaction(() => {
        for (const id of ids) {
          const entry = entries.get(id)?.get(channel);
          if (entry !== undefined) remove(entry);
        }
      }),

    timeline(id, { before, after }, limit, due) {
      const channel = channels.get(id);
      if (channel === undefined) return [];
      const { order } = channel;
      const start = after === undefined ? 0 : order.countUpTo(placeOf(after));
      const end = before === undefined ? order.items.length : order.countBefore(placeOf(before));
      const within = order.items
        .slice(start, Math.max(start, end))
        .filter((entry) => isKept(dueTimes, entry.id, due));
      const isForward = before === undefined && after !== undefined;
      const found = isForward
        ? within.slice(0, limit)
        : within.slice(Math.max(0, within.length - limit));
      return found.map(asRow);
    },

    timelineEntry: (id) => entriesOf(id)[0] ?? null,
    timelineEntries: entriesOf,

    timelineEnd(id, due) {
      const entry = channels.get(id)?.order.items.findLast((one) => isKept(dueTimes, one.id, due));
      return entry === undefined ? null : { ...entry };
    },

    timelineCount: (id, due) =>
      (channels.get(id)?.order.items ?? []).filter((one) => isKept(dueTimes, one.id, due)).length,
    mentionCount: (id, due) => unreadOf(id, due).filter(({ mention }) => mention).length,
    unreadCount: (id, due) => unreadOf(id, due).length,

    markRead: (id, upTo) =>
      log.transaction(() => {
        const unread = [...(channels.get(id)?.unread.values() ?? [])];
        const read = unread.filter(
          ({ time, id: event }) => time < upTo.time || (time === upTo.time && event <= upTo.id),
        );
        for (const entry of read) {
          const { mention: _, ...rest } = entry;
          replace(entry, { ...rest, unread: false });
        }
      }),

    markUnread: (id, ids) =>
      log.transaction(() => {
        for (const event of ids) {
          const entry = entries.get(event)?.get(id);
          if (entry?.unread === false) replace(entry, { ...entry, unread: true });
        }
      }),

    dropSpace(space) {
      for (const [id, channel] of channels) {
        if (channel.space !== space) continue;
        for (const entry of channel.order.items) deleteFrom(log, entries, entry.id);
        deleteFrom(log, channels, id);
      }
    },
  };
}

const refused = (): RangeError =>
  new RangeError("only an event that is held can be on a timeline, and only on one of its space");
