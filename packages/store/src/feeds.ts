/**
 * Which seqs are held of which feed. A space's feeds are read once, when the space is first used, and kept in memory; `save` brings
 * the database level with them. Both are done within the transaction that adds the events, and memory is dropped when one is undone.
 */
import type { FeedHoldings } from "@multichat/core/ports";
import {
  type ChannelId,
  type DeviceId,
  type EventId,
  type SpaceId,
  zeroId,
} from "@multichat/protocol";
import type { Connection } from "./connection.ts";
import { idBytes } from "./id-bytes.ts";
import type { Names } from "./names.ts";
import { addSeq, lowerRangeEnd, type SeqRanges, toPairs } from "./seq-ranges.ts";
import { damaged } from "./sqlite-error.ts";

export interface Feed {
  readonly key: number;
  readonly space: SpaceId;
  readonly channel: ChannelId;
  readonly channelKey: number;
  readonly device: DeviceId;
}

export interface Feeds {
  /** The feed of an event that is about to be stored; made if it is new. */
  of(space: SpaceId, channel: ChannelId, device: DeviceId): Feed;
  find(channel: ChannelId, device: DeviceId): Feed | null;
  byKey(key: number): Feed;
  /** Notes an event just stored; in the database after the next `save`. */
  hold(feed: Feed, seq: number, id: EventId, arrival: number): void;
  save(): void;
  holdings(space: SpaceId): FeedHoldings[];
  lastArrival(space: SpaceId): number;
  forget(): void;
}

interface HeldFeed extends Feed {
  ranges: SeqRanges;
  tip: EventId;
  arrival: number;
  /** First seqs of ranges whose row in lower_ranges may be out of date. */
  stale: Set<number>;
}

interface SpaceFeeds {
  channels: Map<ChannelId, Map<DeviceId, HeldFeed>>;
  lastArrival: number;
}

export function createFeeds(connection: Connection, names: Names): Feeds {
  const feedsOfSpace = connection.query(
    `SELECT feeds.key, channels.key, channels.id, devices.id, top_from, top_to, tip, arrival
     FROM channels JOIN feeds ON feeds.channel = channels.key JOIN devices ON devices.key = feeds.device
     WHERE channels.space = ? ORDER BY feeds.key`,
    ["integer", "integer", "channelId", "deviceId", "integer", "integer", "eventId", "integer"],
  );
  const rangesOfSpace = connection.query(
    `SELECT feed, first, last
     FROM channels JOIN feeds ON feeds.channel = channels.key JOIN lower_ranges ON lower_ranges.feed = feeds.key
     WHERE channels.space = ? ORDER BY feed, first`,
    ["integer", "integer", "integer"],
  );
  const spaceOfChannel = connection.query(
    "SELECT spaces.id FROM channels JOIN spaces ON spaces.key = channels.space WHERE channels.id = ?",
    ["spaceId"],
  );
  const spaceOfFeed = connection.query(
    `SELECT spaces.id FROM feeds JOIN channels ON channels.key = feeds.channel JOIN spaces ON spaces.key = channels.space
     WHERE feeds.key = ?`,
    ["spaceId"],
  );
  const addFeed = connection.query(
    `INSERT INTO feeds (channel, device, top_from, top_to, tip, arrival) VALUES (?, ?, 0, 0, zeroblob(32), 0)
     RETURNING key`,
    ["integer"],
  );
  const saveFeed = connection.command(
    "UPDATE feeds SET top_from = ?, top_to = ?, tip = ?, arrival = ? WHERE key = ?",
  );
  const saveRange = connection.command(
    "INSERT OR REPLACE INTO lower_ranges (feed, first, last) VALUES (?, ?, ?)",
  );
  const dropRange = connection.command("DELETE FROM lower_ranges WHERE feed = ? AND first = ?");

  const spaces = new Map<SpaceId, SpaceFeeds>();
  const byKey = new Map<number, HeldFeed>();
  const byChannel = new Map<ChannelId, Map<DeviceId, HeldFeed>>();
  const unsaved = new Set<HeldFeed>();

  function load(space: SpaceId): SpaceFeeds {
    const loaded = spaces.get(space);
    if (loaded !== undefined) return loaded;
    const fresh: SpaceFeeds = { channels: new Map(), lastArrival: 0 };
    const spaceKey = names.findSpace(space);
    if (spaceKey !== null) {
      for (const row of feedsOfSpace.all(spaceKey)) {
        const [key, channelKey, channel, device, from, to, tip, arrival] = row;
        const ranges = to === 0 ? [] : [from, to];
        add(fresh, {
          key,
          space,
          channel,
          channelKey,
          device,
          ranges,
          tip,
          arrival,
          stale: new Set(),
        });
        fresh.lastArrival = Math.max(fresh.lastArrival, arrival);
      }
      for (const [key, ranges] of lowerRanges(spaceKey)) {
        const feed = loadedFeed(key);
        feed.ranges = [...ranges, ...feed.ranges];
      }
    }
    spaces.set(space, fresh);
    return fresh;
  }

  function lowerRanges(spaceKey: number): Map<number, SeqRanges> {
    const lower = new Map<number, SeqRanges>();
    for (const [feed, first, last] of rangesOfSpace.each(spaceKey)) {
      const ranges = lower.get(feed);
      if (ranges === undefined) lower.set(feed, [first, last]);
      else ranges.push(first, last);
    }
    return lower;
  }

  function loadedFeed(key: number): HeldFeed {
    const feed = byKey.get(key);
    if (feed === undefined) throw damaged("the database file is damaged: a feed is missing");
    return feed;
  }

  function add(space: SpaceFeeds, feed: HeldFeed): void {
    let devices = space.channels.get(feed.channel);
    if (devices === undefined) {
      devices = new Map();
      space.channels.set(feed.channel, devices);
      byChannel.set(feed.channel, devices);
    }
    devices.set(feed.device, feed);
    byKey.set(feed.key, feed);
  }

  function saveOne(feed: HeldFeed): void {
    const { key, ranges } = feed;
    saveFeed.run(ranges.at(-2)!, ranges.at(-1)!, idBytes(feed.tip), feed.arrival, key);
    for (const first of feed.stale) {
      const last = lowerRangeEnd(ranges, first);
      if (last === null) dropRange.run(key, first);
      else saveRange.run(key, first, last);
    }
    feed.stale.clear();
  }

  return {
    of(space, channel, device) {
      const feeds = load(space);
      const known = feeds.channels.get(channel)?.get(device);
      if (known !== undefined) return known;
      const channelKey = names.channel(channel, space);
      const [key] = addFeed.get(channelKey, names.device(device))!;
      const nothing = { ranges: [], tip: zeroId as EventId, arrival: 0, stale: new Set<number>() };
      const feed: HeldFeed = { key, space, channel, channelKey, device, ...nothing };
      add(feeds, feed);
      return feed;
    },

    find(channel, device) {
      if (!byChannel.has(channel)) {
        const row = spaceOfChannel.get(idBytes(channel));
        if (row !== null) load(row[0]);
      }
      return byChannel.get(channel)?.get(device) ?? null;
    },

    byKey(key) {
      if (!byKey.has(key)) {
        const row = spaceOfFeed.get(key);
        if (row !== null) load(row[0]);
      }
      return loadedFeed(key);
    },

    hold({ key, space }, seq, id, arrival) {
      const feed = loadedFeed(key);
      const isHighest = seq > (feed.ranges.at(-1) ?? 0);
      addSeq(feed.ranges, seq, (from) => feed.stale.add(from));
      if (isHighest) feed.tip = id;
      feed.arrival = arrival;
      spaces.get(space)!.lastArrival = arrival;
      unsaved.add(feed);
    },

    save() {
      for (const feed of unsaved) saveOne(feed);
      unsaved.clear();
    },

    holdings(space) {
      const rows: FeedHoldings[] = [];
      for (const devices of load(space).channels.values()) {
        for (const { channel, device, ranges, tip, arrival } of devices.values()) {
          if (ranges.length > 0)
            rows.push({ channel, device, ranges: toPairs(ranges), tip, arrival });
        }
      }
      return rows;
    },

    lastArrival: (space) => load(space).lastArrival,

    forget() {
      spaces.clear();
      byKey.clear();
      byChannel.clear();
      unsaved.clear();
    },
  };
}
