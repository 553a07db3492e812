/** What is shown of each channel and each thread, in the order it is shown. A thread is named like a channel, in the space of its events. */
import type {
  Purged,
  Store,
  TimelineEntry,
  TimelinePosition,
  TimelineRow,
} from "@multichat/core/ports";
import type { ChannelId, EventId } from "@multichat/protocol";
import type { RowOf } from "./columns.ts";
import type { Connection } from "./connection.ts";
import { notDue } from "./expiries.ts";
import { type EventRow, eventColumns, eventTypes, toEvent } from "./event-row.ts";
import type { Feeds } from "./feeds.ts";
import { idBytes } from "./id-bytes.ts";
import { createLevelCount, type LevelCount } from "./level-count.ts";
import type { Names } from "./names.ts";

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

const entryTypes = ["hlc", "integer", "integer"] as const;
type EntryRow = RowOf<typeof entryTypes>;

export interface Timeline extends Pick<Store, TimelineMethods> {
  /** From wherever they stand. @param arrivals JSON of them */
  removeArrivals(arrivals: string): Purged["shown"];
  /** What is remembered about the database may be wrong now. */
  forget(): void;
}

export function createTimeline(connection: Connection, names: Names, feeds: Feeds): Timeline {
  const put = (how: string, rest: string) =>
    connection.command(`
      ${how} INTO timeline (channel, time, id, arrival, unread, late)
      SELECT named.key, ?, events.id, arrival, ?, ?
      FROM events CROSS JOIN channels AS own ON own.key = events.channel CROSS JOIN channels AS named ON named.key = ?
      WHERE events.id = ? AND own.space = named.space ${rest}`);
  const add = put("INSERT", "ON CONFLICT DO NOTHING");
  // Replaces the event's own row (it may have moved) because timeline_event is unique.
  const replace = put("INSERT OR REPLACE", "");
  // A thread in which nothing stands any more may be one of another space.
  const move = connection.command(`
    UPDATE channels SET space = ?2 WHERE key = ?1
    AND NOT EXISTS (SELECT 1 FROM timeline WHERE channel = ?1) AND NOT EXISTS (SELECT 1 FROM feeds WHERE channel = ?1)`);
  const feedOf = connection.query("SELECT feed FROM events WHERE id = ?", ["integer"]);
  const remove = connection.command(`
    DELETE FROM timeline WHERE channel = ? AND arrival = (SELECT arrival FROM events WHERE id = ?)`);
  const places = connection.query(
    `SELECT timeline.channel, named.id, own.id, spaces.id, timeline.id
     FROM timeline CROSS JOIN events ON events.arrival = timeline.arrival
     CROSS JOIN channels AS named ON named.key = timeline.channel
     CROSS JOIN channels AS own ON own.key = events.channel CROSS JOIN spaces ON spaces.key = own.space
     WHERE timeline.arrival IN (SELECT value FROM json_each(?))`,
    ["integer", "channelId", "channelId", "spaceId", "eventId"],
  );
  const removeAll = connection.command(
    "DELETE FROM timeline WHERE arrival IN (SELECT value FROM json_each(?))",
  );
  const page = (order: "ASC" | "DESC", bounds: string) =>
    connection.query(
      `SELECT CAST(time AS TEXT), unread, late, ${eventColumns}
       FROM timeline CROSS JOIN events ON events.arrival = timeline.arrival
       WHERE timeline.channel = ?1 ${bounds} AND ${notDue("timeline.arrival", "?3")}
       ORDER BY timeline.time ${order}, timeline.id ${order} LIMIT ?2`,
      [...entryTypes, ...eventTypes],
    );
  const newest = page("DESC", "");
  const before = page("DESC", "AND (timeline.time, timeline.id) < (?4, ?5)");
  const after = page("ASC", "AND (timeline.time, timeline.id) > (?4, ?5)");
  const between = page(
    "DESC",
    "AND (timeline.time, timeline.id) < (?4, ?5) AND (timeline.time, timeline.id) > (?6, ?7)",
  );
  const entries = connection.query(
    `SELECT CAST(time AS TEXT), unread, late, channels.id
     FROM events CROSS JOIN timeline ON timeline.arrival = events.arrival JOIN channels ON channels.key = timeline.channel
     WHERE events.id = ? ORDER BY timeline.channel = events.channel DESC, timeline.channel`,
    [...entryTypes, "channelId"],
  );
  const end = connection.query(
    `SELECT CAST(time AS TEXT), unread, late, id FROM timeline
     WHERE channel = ?1 AND ${notDue("timeline.arrival", "?2")} ORDER BY time DESC, id DESC LIMIT 1`,
    [...entryTypes, "eventId"],
  );
  const counting = (from: string, among = "") => {
    const count = `SELECT count(*) FROM timeline ${from} WHERE channel = ?1 ${among}`;
    return {
      all: connection.query(count, ["integer"]),
      without: connection.query(`${count} AND ${notDue("timeline.arrival", "?2")}`, ["integer"]),
    };
  };
  const unread = counting("INDEXED BY timeline_unread", "AND unread > 0");
  const mentions = counting("INDEXED BY timeline_mentions", "AND unread = 2");
  const rows = counting("");
  const markRead = connection.command(`
    UPDATE timeline INDEXED BY timeline_unread SET unread = 0
    WHERE channel = ? AND unread > 0 AND (time, id) <= (?, ?)`);
  const markUnread = connection.command(`
    UPDATE timeline SET unread = 1
    WHERE channel = ? AND arrival = (SELECT arrival FROM events WHERE id = ?) AND unread = 0`);

  const rowCount = createLevelCount((channel) => rows.all.get(channel)![0]);
  const unreadCount = createLevelCount((channel) => unread.all.get(channel)![0]);
  const mentionCount = createLevelCount((channel) => mentions.all.get(channel)![0]);

  /** The name of a channel or thread, made if there is none yet. */
  function nameFor(channel: ChannelId, id: EventId): number {
    const known = names.findChannel(channel);
    if (known !== null) return known;
    const held = feedOf.get(idBytes(id));
    if (held === null) throw refused();
    return names.channel(channel, feeds.byKey(held[0]).space);
  }

  function putOne({ channel, time, id, unread: isUnread, mention, late }: TimelineEntry): void {
    const key = nameFor(channel, id);
    const state = isUnread ? (mention === true ? unreadMention : unreadOther) : read;
    const values = [time, state, late ? 1 : 0, key, idBytes(id)] as const;
    if (add.run(...values) === 0) {
      if (replace.run(...values) > 0) return forgetUnread(key);
      if (!moveTo(key, id) || add.run(...values) === 0) throw refused();
    }
    rowCount.add(key, 1);
    unreadCount.add(key, state === read ? 0 : 1);
    mentionCount.add(key, state === unreadMention ? 1 : 0);
  }

  function moveTo(key: number, id: EventId): boolean {
    const held = feedOf.get(idBytes(id));
    if (held === null || move.run(key, names.space(feeds.byKey(held[0]).space)) === 0) return false;
    names.forget();
    return true;
  }

  function forgetUnread(key: number): void {
    unreadCount.forget(key);
    mentionCount.forget(key);
  }

  const bound = (position: TimelinePosition): [bigint, Uint8Array] => [
    position.time,
    idBytes(position.id),
  ];
  const asEntry = (
    channel: ChannelId,
    id: EventId,
    [time, state, late]: EntryRow,
  ): TimelineEntry => ({
    channel,
    id,
    time,
    unread: state !== read,
    ...(state === unreadMention && { mention: true }),
    late: late === 1,
  });
  function asRow(
    channel: ChannelId,
    [time, state, late, ...rest]: [...EntryRow, ...EventRow],
  ): TimelineRow {
    const { arrival: _, ...event } = toEvent(rest, feeds);
    return { ...asEntry(channel, event.id, [time, state, late]), event };
  }

  const entriesOf = (id: EventId): TimelineEntry[] =>
    entries
      .all(idBytes(id))
      .map(([time, state, late, channel]) => asEntry(channel, id, [time, state, late]));
  const counted = (
    channel: ChannelId,
    count: LevelCount,
    { without }: ReturnType<typeof counting>,
    due: number | undefined,
  ): number => {
    const key = names.findChannel(channel);
    if (key === null) return 0;
    return due === undefined ? count.of(key) : without.get(key, due)![0];
  };

  return {
    putTimeline: (entries) =>
      connection.transaction(() => {
        for (const one of entries) putOne(one);
      }),

    removeTimeline: (channel, ids) =>
      connection.transaction(() => {
        const key = names.findChannel(channel);
        if (key === null) return;
        for (const id of ids) rowCount.add(key, -remove.run(key, idBytes(id)));
        forgetUnread(key);
      }),

    removeArrivals(arrivals) {
      const rows = places.all(arrivals);
      removeAll.run(arrivals);
      for (const [key] of rows) {
        rowCount.add(key, -1);
        forgetUnread(key);
      }
      return rows.map(([, timeline, channel, space, event]) => ({
        space,
        channel,
        timeline,
        event,
      }));
    },

    timeline(channel, bounds, limit, due) {
      const key = names.findChannel(channel);
      if (key === null) return [];
      const at = due ?? null;
      const row = (values: [...EntryRow, ...EventRow]): TimelineRow => asRow(channel, values);
      if (bounds.before !== undefined && bounds.after !== undefined) {
        return between
          .all(key, limit, at, ...bound(bounds.before), ...bound(bounds.after))
          .map(row)
          .reverse();
      }
      if (bounds.after !== undefined)
        return after.all(key, limit, at, ...bound(bounds.after)).map(row);
      const rows =
        bounds.before === undefined
          ? newest.all(key, limit, at)
          : before.all(key, limit, at, ...bound(bounds.before));
      return rows.map(row).reverse();
    },

    timelineEntry: (id) => entriesOf(id)[0] ?? null,
    timelineEntries: entriesOf,

    timelineEnd(channel, due) {
      const key = names.findChannel(channel);
      const found = key === null ? null : end.get(key, due ?? null);
      if (found === null) return null;
      const [time, state, late, id] = found;
      return asEntry(channel, id, [time, state, late]);
    },

    timelineCount: (channel, due) => counted(channel, rowCount, rows, due),
    unreadCount: (channel, due) => counted(channel, unreadCount, unread, due),
    mentionCount: (channel, due) => counted(channel, mentionCount, mentions, due),

    markRead: (channel, upTo) =>
      connection.transaction(() => {
        const key = names.findChannel(channel);
        if (key === null) return;
        markRead.run(key, ...bound(upTo));
        forgetUnread(key);
      }),

    markUnread: (channel, ids) =>
      connection.transaction(() => {
        const key = names.findChannel(channel);
        if (key === null) return;
        for (const id of ids) unreadCount.add(key, markUnread.run(key, idBytes(id)));
      }),

    forget() {
      for (const count of [rowCount, unreadCount, mentionCount]) count.forgetAll();
    },
  };
}

/** What the column `unread` says. */
const [read, unreadOther, unreadMention] = [0, 1, 2];

const refused = (): RangeError =>
  new RangeError("only an event that is held can be on a timeline, and only on one of its space");
