/** Events and holdings of the memory store. */
import type { ArrivedEvent, FeedHoldings, Store, StoredEvent } from "@multichat/core/ports";
import type { ChannelId, DeviceId, EventId, SpaceId } from "@multichat/protocol";
import { SortedList } from "./sorted-list.ts";
import { deleteFrom, setIn, type UndoLog } from "./undo-log.ts";

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

export interface MemoryEvents extends Pick<Store, EventMethods> {
  dropSpace(space: SpaceId): void;
  /** The space of a channel that events are held of. */
  spaceOf(channel: ChannelId): SpaceId | null;
  /** The highest arrival number so far, of any space. */
  lastGivenOut(): number;
}

interface Feed {
  bySeq: Map<number, ArrivedEvent[]>;
  /** Replaced, never changed in place, so that undoing is putting back the old value. */
  holdings: FeedHoldings;
}

interface Channel {
  space: SpaceId;
  order: SortedList<ArrivedEvent>;
  feeds: Map<DeviceId, Feed>;
}

export function createMemoryEvents(log: UndoLog): MemoryEvents {
  const events = new Map<EventId, ArrivedEvent>();
  const channels = new Map<ChannelId, Channel>();
  const lastArrivals = new Map<SpaceId, number>();
  let lastGivenOut = 0;

  function put(stored: StoredEvent): number {
    const held = events.get(stored.id);
    if (held === undefined) return add(stored);
    if (held.payload === null && stored.payload !== null) {
      const { salt, payload } = held;
      Object.assign(held, { salt: stored.salt, payload: stored.payload });
      log.undo(() => Object.assign(held, { salt, payload }));
    }
    return 0;
  }

  function add(stored: StoredEvent): number {
    const { id, space, device, seq } = stored;
    const channel = channelOf(stored);
    const event = arrived(stored, ++lastGivenOut);
    const { arrival } = event;
    log.undo(() => lastGivenOut--);
    setIn(log, events, id, event);
    setIn(log, lastArrivals, space, arrival);
    channel.order.add(event);
    log.undo(() => channel.order.remove(event));
    const feed = channel.feeds.get(device);
    if (feed === undefined) {
      const holdings: FeedHoldings = {
        channel: stored.channel,
        device,
        ranges: [[seq, seq]],
        tip: id,
        arrival,
      };
      setIn(log, channel.feeds, device, { bySeq: new Map([[seq, [event]]]), holdings });
    } else {
      setIn(log, feed.bySeq, seq, [...(feed.bySeq.get(seq) ?? []), event]);
      const { holdings } = feed;
      const isHighest = seq > holdings.ranges.at(-1)![1];
      const ranges = withSeq(holdings.ranges, seq);
      feed.holdings = { ...holdings, ranges, tip: isHighest ? id : holdings.tip, arrival };
      log.undo(() => (feed.holdings = holdings));
    }
    return arrival;
  }

  function channelOf({ channel: id, space }: StoredEvent): Channel {
    const known = channels.get(id);
    if (known === undefined) {
      const order = new SortedList<ArrivedEvent>((event) => ({ number: event.hlc, id: event.id }));
      const channel: Channel = { space, order, feeds: new Map() };
      setIn(log, channels, id, channel);
      return channel;
    }
    if (known.space !== space) throw new RangeError("the channel belongs to another space");
    return known;
  }

  const copies = (found: readonly ArrivedEvent[]): ArrivedEvent[] =>
    found.map((event) => ({ ...event }));

  return {
    lastGivenOut: () => lastGivenOut,
    spaceOf: (channel) => channels.get(channel)?.space ?? null,
    putEvents: (added) => log.transaction(() => added.map(put)),
    dropPayloads: (ids) =>
      log.transaction(() => {
        for (const id of ids) {
          const held = events.get(id);
          if (held === undefined) continue;
          const { salt, payload } = held;
          Object.assign(held, { salt: null, payload: null });
          log.undo(() => Object.assign(held, { salt, payload }));
        }
      }),
    event(id) {
      const event = events.get(id);
      return event === undefined ? null : { ...event };
    },
    hasEvent: (id) => events.has(id),
    eventsAt: (channel, device, seq) =>
      copies(channels.get(channel)?.feeds.get(device)?.bySeq.get(seq) ?? []),
    channelEvents: (channel) => copies(channels.get(channel)?.order.items ?? []),
    eventsBefore(id, before, limit) {
      const channel = channels.get(id);
      if (channel === undefined) return [];
      const { items } = channel.order;
      const end =
        before === null
          ? items.length
          : channel.order.countBefore({ number: before.hlc, id: before.id });
      return copies(items.slice(Math.max(0, end - limit), end).reverse());
    },
    arrivedAfter(arrival, limit) {
      const found = [...events.values()].filter((event) => event.arrival > arrival);
      return copies(found.sort((a, b) => a.arrival - b.arrival).slice(0, limit));
    },
    feedEvents(channel, device, from, to, limit) {
      const feed = channels.get(channel)?.feeds.get(device);
      if (feed === undefined) return [];
      const found: ArrivedEvent[] = [];
      for (const [low, high] of feed.holdings.ranges) {
        for (let seq = Math.max(low, from); seq <= Math.min(high, to); seq++) {
          if (found.length >= limit) return copies(found.slice(0, limit));
          found.push(...feed.bySeq.get(seq)!);
        }
      }
      return copies(found.slice(0, limit));
    },
    holdings(space) {
      const rows: FeedHoldings[] = [];
      for (const channel of channels.values()) {
        if (channel.space !== space) continue;
        for (const { holdings } of channel.feeds.values()) {
          rows.push({ ...holdings, ranges: holdings.ranges.map(([from, to]) => [from, to]) });
        }
      }
      return rows;
    },
    lastArrival: (space) => lastArrivals.get(space) ?? 0,

    dropSpace(space) {
      const dropped = [...channels].filter(([, channel]) => channel.space === space);
      for (const [id, channel] of dropped) {
        for (const event of channel.order.items) deleteFrom(log, events, event.id);
        deleteFrom(log, channels, id);
      }
      deleteFrom(log, lastArrivals, space);
    },
  };
}

/** Only the fields of the port: what else a caller's object carries does not survive a real store either. */
function arrived(event: StoredEvent, arrival: number): ArrivedEvent {
  const { id, space, channel, device, seq, hlc, kind, header, signature, salt, payload } = event;
  return { arrival, id, space, channel, device, seq, hlc, kind, header, signature, salt, payload };
}

type Range = [from: number, to: number];

function withSeq(ranges: readonly Range[], seq: number): Range[] {
  const last = ranges.at(-1)!;
  if (seq === last[1] + 1) return [...ranges.slice(0, -1), [last[0], seq]];
  const below = ranges.filter(([, to]) => to < seq - 1);
  const above = ranges.filter(([from]) => from > seq + 1);
  const touching = ranges.slice(below.length, ranges.length - above.length);
  const from = Math.min(seq, ...touching.map(([start]) => start));
  const to = Math.max(seq, ...touching.map(([, end]) => end));
  return [...below, [from, to], ...above];
}
