/** What this node holds of each feed of a space, in memory (spec/03-events.md, Holdings). Follows the store. */
import type { ChannelId, DeviceId, EventId, HoldingsRow, Ranges } from "@multichat/protocol";
import { holds, withRange } from "../holdings/ranges.ts";
import type { FeedHoldings } from "../ports/index.ts";

export interface Feed {
  channel: ChannelId;
  device: DeviceId;
  ranges: Ranges;
  tip: EventId;
  arrival: number;
  /** Two events at the lowest seq where the feed is known to fork. */
  fork: { seq: number; ids: EventId[] } | null;
}

export interface Feeds {
  get(channel: ChannelId, device: DeviceId): Feed | null;
  all(): Iterable<Feed>;
  size(): number;
  holds(channel: ChannelId, device: DeviceId, seq: number): boolean;
  add(event: { channel: ChannelId; device: DeviceId; seq: number; id: EventId }, arrival: number): void;
  setFork(channel: ChannelId, device: DeviceId, seq: number, ids: EventId[]): void;
}

const keyOf = (channel: ChannelId, device: DeviceId): string => channel + device;

export function createFeeds(held: readonly FeedHoldings[]): Feeds {
  const feeds = new Map<string, Feed>();
  for (const row of held) feeds.set(keyOf(row.channel, row.device), { ...row, fork: null });
  return {
    get: (channel, device) => feeds.get(keyOf(channel, device)) ?? null,
    all: () => feeds.values(),
    size: () => feeds.size,
    holds(channel, device, seq) {
      const feed = feeds.get(keyOf(channel, device));
      return feed !== undefined && holds(feed.ranges, seq);
    },
    add({ channel, device, seq, id }, arrival) {
      const key = keyOf(channel, device);
      const feed = feeds.get(key);
      if (feed === undefined) {
        feeds.set(key, { channel, device, ranges: [[seq, seq]], tip: id, arrival, fork: null });
        return;
      }
      if (seq > lastSeq(feed)) feed.tip = id;
      extend(feed, seq);
      feed.arrival = Math.max(feed.arrival, arrival);
    },
    setFork(channel, device, seq, ids) {
      const feed = feeds.get(keyOf(channel, device));
      if (feed !== undefined && (feed.fork === null || seq < feed.fork.seq)) feed.fork = { seq, ids: [...ids].sort() };
    },
  };
}

/** The usual case, the next seq, costs nothing. */
function extend(feed: Feed, seq: number): void {
  const last = feed.ranges[feed.ranges.length - 1]!;
  if (seq === last[1] + 1) last[1] = seq;
  else if (!holds(feed.ranges, seq)) feed.ranges = withRange(feed.ranges, seq, seq);
}

export function lastSeq(feed: Pick<Feed, "ranges">): number {
  return feed.ranges[feed.ranges.length - 1]![1];
}

export function rowOf(feed: Feed): HoldingsRow {
  const ranges = feed.ranges.map(([from, to]): [number, number] => [from, to]);
  return { channel: feed.channel, device: feed.device, ranges, tip: feed.tip, forks: feed.fork?.ids ?? [] };
}
