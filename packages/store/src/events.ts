/** The events as they travelled: immutable, except that a payload may come later. */
import type { ArrivedEvent, Store, StoredEvent } from "@multichat/core/ports";
import type { Connection } from "./connection.ts";
import { type EventRow, eventColumns, eventTypes, toEvent } from "./event-row.ts";
import type { Feeds } from "./feeds.ts";
import { idBytes } from "./id-bytes.ts";
import type { Meta } from "./meta.ts";
import type { Names } from "./names.ts";

type EventMethods =
  | "putEvents"
  | "dropPayloads"
  | "event"
  | "hasEvent"
  | "eventsAt"
  | "channelEvents"
  | "eventsBefore"
  | "arrivedAfter"
  | "feedEvents"
  | "holdings"
  | "lastArrival";

export interface Events extends Pick<Store, EventMethods> {
  /** The number the next event gets. */
  nextArrival(): number;
  forget(): void;
}

export function createEvents(
  connection: Connection,
  meta: Meta,
  names: Names,
  feeds: Feeds,
): Events {
  const insert = connection.command(`
    INSERT INTO events (arrival, id, feed, channel, seq, hlc, kind, header, signature, salt, payload)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`);
  const takeUp = connection.command(
    "UPDATE events SET salt = ?, payload = ? WHERE id = ? AND payload IS NULL",
  );
  const drop = connection.command("UPDATE events SET salt = NULL, payload = NULL WHERE id = ?");
  const has = connection.query("SELECT 1 FROM events WHERE id = ?", ["integer"]);
  const highest = connection.query("SELECT max(arrival) FROM events", ["integer?"]);
  const select = (rest: string) =>
    connection.query(`SELECT ${eventColumns} FROM events ${rest}`, eventTypes);
  const byId = select("WHERE id = ?");
  const bySeq = select("WHERE feed = ? AND seq = ? ORDER BY arrival");
  const byFeed = select("WHERE feed = ? AND seq BETWEEN ? AND ? ORDER BY seq, arrival LIMIT ?");
  const byArrival = select("WHERE arrival > ? ORDER BY arrival LIMIT ?");
  const ofChannel = select("WHERE channel = ? ORDER BY hlc, id");
  const newest = select("WHERE channel = ? ORDER BY hlc DESC, id DESC LIMIT ?");
  const before = select(`
    WHERE channel = ?1 AND hlc <= ?2 AND (hlc < ?2 OR id < ?3) ORDER BY hlc DESC, id DESC LIMIT ?4`);

  const event = (row: EventRow): ArrivedEvent => toEvent(row, feeds);

  // Counted in memory: the number is the row's key, so that SQLite need not look it up for every event.
  let next: number | null = null;
  const nextArrival = (): number =>
    (next ??= Math.max((highest.get()?.[0] ?? 0) + 1, meta.arrivals()));

  function put(stored: StoredEvent): number {
    const { id, seq, hlc, kind, header, signature, salt, payload } = stored;
    const feed = feeds.of(stored.space, stored.channel, stored.device);
    const arrival = nextArrival();
    const bytes = idBytes(id);
    const { key, channelKey } = feed;
    const added = insert.run(
      arrival,
      bytes,
      key,
      channelKey,
      seq,
      hlc,
      kind,
      header,
      signature,
      salt,
      payload,
    );
    if (added === 1) {
      next = arrival + 1;
      feeds.hold(feed, seq, id, arrival);
      return arrival;
    }
    if (payload !== null) takeUp.run(salt, payload, bytes);
    return 0;
  }

  return {
    nextArrival,
    forget: () => void (next = null),

    putEvents: (events) =>
      connection.transaction(() => {
        try {
          return events.map(put);
        } finally {
          // Also when one of them was refused: those before it are stored, and a caller may go on without the bad one.
          feeds.save();
        }
      }),

    dropPayloads: (ids) =>
      connection.transaction(() => {
        for (const id of ids) drop.run(idBytes(id));
      }),

    event(id) {
      const row = byId.get(idBytes(id));
      return row === null ? null : event(row);
    },
    hasEvent: (id) => has.get(idBytes(id)) !== null,
    eventsAt(channel, device, seq) {
      const feed = feeds.find(channel, device);
      return feed === null ? [] : bySeq.all(feed.key, seq).map(event);
    },
    channelEvents(channel) {
      const key = names.findChannel(channel);
      return key === null ? [] : ofChannel.all(key).map(event);
    },
    eventsBefore(channel, position, limit) {
      const key = names.findChannel(channel);
      if (key === null) return [];
      if (position === null) return newest.all(key, limit).map(event);
      return before.all(key, position.hlc, idBytes(position.id), limit).map(event);
    },
    arrivedAfter: (arrival, limit) => byArrival.all(arrival, limit).map(event),
    feedEvents(channel, device, from, to, limit) {
      const feed = feeds.find(channel, device);
      return feed === null ? [] : byFeed.all(feed.key, from, to, limit).map(event);
    },
    holdings: feeds.holdings,
    lastArrival: feeds.lastArrival,
  };
}
