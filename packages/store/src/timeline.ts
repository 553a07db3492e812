/** What is shown of each channel, in the order it is shown. */
import type { Store, TimelineEntry, TimelinePosition, TimelineRow } from "@multichat/core/ports";
import type { ChannelId, EventId } from "@multichat/protocol";
import type { RowOf } from "./columns.ts";
import type { Connection } from "./connection.ts";
import { type EventRow, eventColumns, eventTypes, toEvent } from "./event-row.ts";
import type { Feeds } from "./feeds.ts";
import { idBytes } from "./id-bytes.ts";
import type { Names } from "./names.ts";

type TimelineMethods =
  | "putTimeline"
  | "removeTimeline"
  | "timeline"
  | "timelineEntry"
  | "timelineEnd"
  | "unreadCount"
  | "markRead";

const entryTypes = ["hlc", "integer", "integer"] as const;
type EntryRow = RowOf<typeof entryTypes>;

export interface Timeline extends Pick<Store, TimelineMethods> {
  /** What is remembered about the database may be wrong now. */
  forget(): void;
}

export function createTimeline(connection: Connection, names: Names, feeds: Feeds): Timeline {
  const put = (how: string, rest: string) =>
    connection.command(`
      ${how} INTO timeline (channel, time, id, arrival, unread, late)
      SELECT ?, ?, id, arrival, ?, ? FROM events WHERE id = ? ${rest}`);
  const add = put("INSERT", "ON CONFLICT DO NOTHING");
  // Replaces the event's own row (it may have moved) because timeline_event is unique.
  const replace = put("INSERT OR REPLACE", "");
  const remove = connection.command(`
    DELETE FROM timeline WHERE channel = ? AND arrival = (SELECT arrival FROM events WHERE id = ?)`);
  const page = (order: "ASC" | "DESC", bounds: string) =>
    connection.query(
      `SELECT CAST(time AS TEXT), unread, late, ${eventColumns}
       FROM timeline CROSS JOIN events ON events.arrival = timeline.arrival
       WHERE timeline.channel = ?1 ${bounds}
       ORDER BY timeline.time ${order}, timeline.id ${order} LIMIT ?2`,
      [...entryTypes, ...eventTypes],
    );
  const newest = page("DESC", "");
  const before = page("DESC", "AND (timeline.time, timeline.id) < (?3, ?4)");
  const after = page("ASC", "AND (timeline.time, timeline.id) > (?3, ?4)");
  const between = page(
    "DESC",
    "AND (timeline.time, timeline.id) < (?3, ?4) AND (timeline.time, timeline.id) > (?5, ?6)",
  );
  const entry = connection.query(
    `SELECT CAST(time AS TEXT), unread, late, channels.id
     FROM events CROSS JOIN timeline ON timeline.arrival = events.arrival JOIN channels ON channels.key = timeline.channel
     WHERE events.id = ?`,
    [...entryTypes, "channelId"],
  );
  const end = connection.query(
    "SELECT CAST(time AS TEXT), unread, late, id FROM timeline WHERE channel = ? ORDER BY time DESC, id DESC LIMIT 1",
    [...entryTypes, "eventId"],
  );
  const unread = connection.query(
    "SELECT count(*) FROM timeline INDEXED BY timeline_unread WHERE channel = ? AND unread = 1",
    ["integer"],
  );
  const markRead = connection.command(`
    UPDATE timeline INDEXED BY timeline_unread SET unread = 0
    WHERE channel = ? AND unread = 1 AND (time, id) <= (?, ?)`);

  // Asked after every batch that comes in, and counting takes longer the more is unread: so it is counted once and kept level.
  const unreadCounts = new Map<number, number>();

  function putOne({ channel, time, id, unread: isUnread, late }: TimelineEntry): void {
    const key = names.findChannel(channel);
    if (key === null) throw notHeld();
    const values = [key, time, isUnread ? 1 : 0, late ? 1 : 0, idBytes(id)] as const;
    if (add.run(...values) === 0) {
      if (replace.run(...values) === 0) throw notHeld();
      unreadCounts.delete(key);
    } else if (isUnread) {
      const known = unreadCounts.get(key);
      if (known !== undefined) unreadCounts.set(key, known + 1);
    }
  }

  const bound = (position: TimelinePosition): [bigint, Uint8Array] => [
    position.time,
    idBytes(position.id),
  ];
  const asEntry = (
    channel: ChannelId,
    id: EventId,
    [time, isUnread, late]: EntryRow,
  ): TimelineEntry => {
    return { channel, id, time, unread: isUnread === 1, late: late === 1 };
  };
  function asRow(
    channel: ChannelId,
    [time, isUnread, late, ...rest]: [...EntryRow, ...EventRow],
  ): TimelineRow {
    const { arrival: _, ...event } = toEvent(rest, feeds);
    return { ...asEntry(channel, event.id, [time, isUnread, late]), event };
  }

  return {
    putTimeline: (entries) =>
      connection.transaction(() => {
        for (const one of entries) putOne(one);
      }),

    removeTimeline: (channel, ids) =>
      connection.transaction(() => {
        const key = names.findChannel(channel);
        if (key === null) return;
        for (const id of ids) remove.run(key, idBytes(id));
        unreadCounts.delete(key);
      }),

    timeline(channel, bounds, limit) {
      const key = names.findChannel(channel);
      if (key === null) return [];
      const row = (values: [...EntryRow, ...EventRow]): TimelineRow => asRow(channel, values);
      if (bounds.before !== undefined && bounds.after !== undefined) {
        return between
          .all(key, limit, ...bound(bounds.before), ...bound(bounds.after))
          .map(row)
          .reverse();
      }
      if (bounds.after !== undefined) return after.all(key, limit, ...bound(bounds.after)).map(row);
      const rows =
        bounds.before === undefined
          ? newest.all(key, limit)
          : before.all(key, limit, ...bound(bounds.before));
      return rows.map(row).reverse();
    },

    timelineEntry(id) {
      const found = entry.get(idBytes(id));
      if (found === null) return null;
      const [time, isUnread, late, channel] = found;
      return asEntry(channel, id, [time, isUnread, late]);
    },

    timelineEnd(channel) {
      const key = names.findChannel(channel);
      const found = key === null ? null : end.get(key);
      if (found === null) return null;
      const [time, isUnread, late, id] = found;
      return asEntry(channel, id, [time, isUnread, late]);
    },

    unreadCount(channel) {
      const key = names.findChannel(channel);
      if (key === null) return 0;
      const count = unreadCounts.get(key) ?? unread.get(key)![0];
      unreadCounts.set(key, count);
      return count;
    },

    markRead: (channel, upTo) =>
      connection.transaction(() => {
        const key = names.findChannel(channel);
        if (key === null) return;
        markRead.run(key, ...bound(upTo));
        unreadCounts.delete(key);
      }),

    forget: () => unreadCounts.clear(),
  };
}

const notHeld = (): RangeError =>
  new RangeError("only an event that is held can be on the timeline");
