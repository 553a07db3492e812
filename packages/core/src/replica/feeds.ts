/** What this node holds of each feed of a space, in memory (spec/03-events.md, Holdings). Follows the store. */
import type { ChannelId, DeviceId, EventId, HoldingsRow, Ranges } from "@multichat/protocol";
import { holds, upTo } from "../holdings/ranges.ts";
import type { FeedHoldings } from "../ports/index.ts";
import type { Fork } from "./forks.ts";

/** A feed that was fetched in pieces has a few dozen at most; only who leaves gaps on purpose comes near. */
export const feedRanges = 4096;

export interface Feed {
  channel: ChannelId;
  device: DeviceId;
  ranges: Ranges;
  tip: EventId;
  arrival: number;
  /** Where the feed is known to fork, at the lowest such seq. Content from there on does not count as held. */
  fork: Fork | null;
  /** Held, but behind a cut or fence: by seq, with the event before each. Not told to others, so that all who know the cut tell the same. */
  untold: Map<number, EventId>;
}

export interface Feeds {
  get(channel: ChannelId, device: DeviceId): Feed | null;
  /** Those of which there is something to tell. */
  all(): Iterable<Feed>;
  /** Also those of which there is nothing to tell. */
  every(): Iterable<Feed>;
  size(): number;
  holds(channel: ChannelId, device: DeviceId, seq: number): boolean;
  /** Whether this would tear one more hole into a feed that is full of them. */
  isGapTooMany(channel: ChannelId, device: DeviceId, seq: number): boolean;
  add(event: { channel: ChannelId; device: DeviceId; seq: number; id: EventId }): void;
  /** The store has given something of this feed its arrival number. */
  arrived(channel: ChannelId, device: DeviceId, arrival: number): void;
  /** Whether an event that is held counts as such for others. `prev`: the event before it. */
  tell(place: { channel: ChannelId; device: DeviceId; seq: number; prev: EventId }, told: boolean): void;
  /** Content: what stands behind the fork does not count as held. */
  cutAt(channel: ChannelId, device: DeviceId, fork: Fork): void;
  /** The control log keeps every branch whole; `tip` is the one its row names. */
  branch(channel: ChannelId, device: DeviceId, fork: Fork, tip: EventId): void;
}

const keyOf = (channel: ChannelId, device: DeviceId): string => channel + device;

export function createFeeds(held: readonly FeedHoldings[]): Feeds {
  const feeds = new Map<string, Feed>();
  for (const row of held) feeds.set(keyOf(row.channel, row.device), { ...row, fork: null, untold: new Map() });
  return {
    get: (channel, device) => feeds.get(keyOf(channel, device)) ?? null,
    all: () => [...feeds.values()].filter((feed) => feed.untold.size === 0 || told(feed).length > 0),
    every: () => feeds.values(),
    size: () => feeds.size,
    holds(channel, device, seq) {
      const feed = feeds.get(keyOf(channel, device));
      return feed !== undefined && holds(feed.ranges, seq);
    },
    isGapTooMany(channel, device, seq) {
      const ranges = feeds.get(keyOf(channel, device))?.ranges ?? [];
      return ranges.length >= feedRanges && !holds(ranges, seq - 1) && !holds(ranges, seq + 1);
    },
    add({ channel, device, seq, id }) {
      const key = keyOf(channel, device);
      const feed = feeds.get(key);
      if (feed === undefined) {
        feeds.set(key, { channel, device, ranges: [[seq, seq]], tip: id, arrival: 0, fork: null, untold: new Map() });
        return;
      }
      if (seq > lastSeq(feed)) feed.tip = id;
      extend(feed, seq);
    },
    arrived(channel, device, arrival) {
      const feed = feeds.get(keyOf(channel, device));
      if (feed !== undefined) feed.arrival = Math.max(feed.arrival, arrival);
    },
    tell({ channel, device, seq, prev }, isTold) {
      const feed = feeds.get(keyOf(channel, device));
      if (isTold) feed?.untold.delete(seq);
      else feed?.untold.set(seq, prev);
    },
    cutAt(channel, device, fork) {
      const feed = feeds.get(keyOf(channel, device));
      if (feed === undefined) return;
      Object.assign(feed, { fork, tip: fork.tip, ranges: upTo(feed.ranges, fork.seq) });
    },
    branch(channel, device, fork, tip) {
      const feed = feeds.get(keyOf(channel, device));
      if (feed !== undefined) Object.assign(feed, { fork, tip });
    },
  };
}

/** The usual case, the next seq, costs nothing; what comes between others is put there in place. */
function extend({ ranges }: Feed, seq: number): void {
  const last = ranges[ranges.length - 1]!;
  if (seq === last[1] + 1) {
    last[1] = seq;
    return;
  }
  const at = firstFrom(ranges, seq);
  const [before, after] = [ranges[at - 1], ranges[at]];
  if (before !== undefined && before[1] >= seq) return;
  const joinsBefore = before?.[1] === seq - 1;
  const joinsAfter = after?.[0] === seq + 1;
  if (joinsBefore && joinsAfter) {
    before[1] = after[1];
    ranges.splice(at, 1);
  } else if (joinsBefore) before[1] = seq;
  else if (joinsAfter) after[0] = seq;
  else if (after?.[0] !== seq) ranges.splice(at, 0, [seq, seq]);
}

/** Index of the first range that begins at `seq` or later. */
function firstFrom(ranges: Ranges, seq: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]![0] < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function lastSeq(feed: Pick<Feed, "ranges">): number {
  return feed.ranges[feed.ranges.length - 1]![1];
}

/** Without what is not told. */
function told({ ranges, untold }: Feed): Ranges {
  if (untold.size === 0) return ranges;
  const left = ranges.map(([from, to]): [number, number] => [from, to]);
  for (const seq of [...untold.keys()].sort((a, b) => a - b)) {
    const at = left.findIndex(([from, to]) => from <= seq && seq <= to);
    if (at === -1) continue;
    const [from, to] = left[at]!;
    const parts: Ranges = [[from, seq - 1], [seq + 1, to]];
    left.splice(at, 1, ...parts.filter(([first, last]) => first <= last));
  }
  return left;
}

export function rowOf(feed: Feed): HoldingsRow {
  const { channel, device, fork } = feed;
  const ranges = told(feed).map(([from, to]): [number, number] => [from, to]);
  const last = ranges.at(-1)?.[1] ?? 0;
  return { channel, device, ranges, tip: feed.untold.get(last + 1) ?? feed.tip, forks: fork?.ids ?? [] };
}
