/** The timeline of the memory store. */
import type { Store, TimelineEntry, TimelinePosition, TimelineRow } from "@multichat/core/ports";
import type { ChannelId, EventId } from "@multichat/protocol";
import { type Place, SortedList } from "./sorted-list.ts";
import { deleteFrom, setIn, type UndoLog } from "./undo-log.ts";

type TimelineMethods =
  | "putTimeline"
  | "removeTimeline"
  | "timeline"
  | "timelineEntry"
  | "timelineEnd"
  | "unreadCount"
  | "markRead";

export interface MemoryTimeline extends Pick<Store, TimelineMethods> {
  dropChannels(dropped: readonly ChannelId[]): void;
}

interface Channel {
  order: SortedList<TimelineEntry>;
  unread: Map<EventId, TimelineEntry>;
}

const placeOf = ({ time, id }: TimelinePosition): Place => ({ number: time, id });

export function createMemoryTimeline(log: UndoLog, events: Pick<Store, "event">): MemoryTimeline {
  const entries = new Map<EventId, TimelineEntry>();
  const channels = new Map<ChannelId, Channel>();

  function channelOf(id: ChannelId): Channel {
    const known = channels.get(id);
    if (known !== undefined) return known;
    const channel: Channel = { order: new SortedList<TimelineEntry>(placeOf), unread: new Map() };
    setIn(log, channels, id, channel);
    return channel;
  }

  function add(entry: TimelineEntry): void {
    const { order, unread } = channelOf(entry.channel);
    setIn(log, entries, entry.id, entry);
    order.add(entry);
    log.undo(() => order.remove(entry));
    if (entry.unread) setIn(log, unread, entry.id, entry);
  }

  function remove(entry: TimelineEntry): void {
    const { order, unread } = channelOf(entry.channel);
    deleteFrom(log, entries, entry.id);
    order.remove(entry);
    log.undo(() => order.add(entry));
    deleteFrom(log, unread, entry.id);
  }

  function asRow(entry: TimelineEntry): TimelineRow {
    const { arrival: _, ...event } = events.event(entry.id)!;
    return { ...entry, event };
  }

  return {
    putTimeline: (added) =>
      log.transaction(() => {
        for (const { channel, time, id, unread, late } of added) {
          if (events.event(id) === null) {
            throw new RangeError("only an event that is held can be on the timeline");
          }
          const old = entries.get(id);
          if (old !== undefined) remove(old);
          add({ channel, time, id, unread, late });
        }
      }),

    removeTimeline: (channel, ids) =>
      log.transaction(() => {
        for (const id of ids) {
          const entry = entries.get(id);
          if (entry?.channel === channel) remove(entry);
        }
      }),

    timeline(id, { before, after }, limit) {
      const channel = channels.get(id);
      if (channel === undefined) return [];
      const { order } = channel;
      const start = after === undefined ? 0 : order.countUpTo(placeOf(after));
      const end = before === undefined ? order.items.length : order.countBefore(placeOf(before));
      const found =
        before === undefined && after !== undefined
          ? order.items.slice(start, start + limit)
          : order.items.slice(Math.max(start, end - limit), Math.max(start, end));
      return found.map(asRow);
    },

    timelineEntry(id) {
      const entry = entries.get(id);
      return entry === undefined ? null : { ...entry };
    },

    timelineEnd(id) {
      const entry = channels.get(id)?.order.items.at(-1);
      return entry === undefined ? null : { ...entry };
    },

    unreadCount: (id) => channels.get(id)?.unread.size ?? 0,

    markRead: (id, upTo) =>
      log.transaction(() => {
        const unread = [...(channels.get(id)?.unread.values() ?? [])];
        const read = unread.filter(
          ({ time, id: event }) => time < upTo.time || (time === upTo.time && event <= upTo.id),
        );
        for (const entry of read) {
          remove(entry);
          add({ ...entry, unread: false });
        }
      }),

    dropChannels(dropped) {
      for (const id of dropped) {
        for (const entry of channels.get(id)?.order.items ?? []) deleteFrom(log, entries, entry.id);
        deleteFrom(log, channels, id);
      }
    },
  };
}
