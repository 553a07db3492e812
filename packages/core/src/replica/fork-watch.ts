/**
 * Watches a space's feeds for forks (spec/03-events.md, Fork), and keeps what proves them: content of a forked feed ends there,
 * the control log keeps all branches.
 */
import { type ChannelId, type DeviceId, type EventId, type SpaceId, decodeHeader } from "@multichat/protocol";
import type { ControlLog } from "../control/log.ts";
import type { Event } from "../events/event.ts";
import type { Store } from "../ports/index.ts";
import type { Batch } from "./batch.ts";
import { type Feeds, lastSeq } from "./feeds.ts";
import { type Fork, type Placed, forkAround, precedes, twins } from "./forks.ts";
import { isControlIn, placeIn } from "./places.ts";

export interface ForkWatch {
  /** What contradicts this event, of those held of its feed. */
  find(event: Event, batch: Batch): Fork | null;
  /** A feed forks, as an event that was accepted shows. */
  mark(event: Event, fork: Fork): Marked;
}

export interface Marked {
  /** Of content: what no longer counts. */
  gone: EventId[];
  /** Whether its proof is another one than before. */
  isNews: boolean;
}

export function createForkWatch({ store, space, log, feeds }: { store: Store; space: SpaceId; log: ControlLog; feeds: Feeds }): ForkWatch {
  const prefix = `fork/${space}/`;

  function held(channel: ChannelId, device: DeviceId, seq: number, batch: Batch): Placed[] {
    const fresh = batch.at(channel, device, seq).map(({ id, header }) => ({ id, prev: header.prev }));
    // Only where a feed forks can the store hold another one.
    if (fresh.length > 0 && feeds.get(channel, device)?.fork == null) return fresh;
    const stored = store.eventsAt(channel, device, seq).flatMap((event) => {
      const header = decodeHeader(event.header);
      return header.ok ? [{ id: event.id, prev: header.value.prev }] : [];
    });
    return [...fresh, ...stored];
  }

  /** Rows of the control log name the same of several branches on every node, whichever came first. */
  function branchControlFeeds(): void {
    const bySeq = new Map<DeviceId, Map<number, EventId[]>>();
    for (const event of log.events()) {
      const { device, seq } = placeIn(space, event);
      const seqs = bySeq.get(device) ?? new Map<number, EventId[]>();
      bySeq.set(device, seqs.set(seq, [...(seqs.get(seq) ?? []), event.id].sort()));
    }
    for (const [device, seqs] of bySeq) {
      const forked = [...seqs].filter(([, ids]) => ids.length > 1).map(([seq]) => seq);
      if (forked.length === 0) continue;
      const first = Math.min(...forked);
      feeds.branch(space, device, twins(first, seqs.get(first)!), seqs.get(Math.max(...seqs.keys()))![0]!);
    }
  }

  /** Content of the feed ends at the fork. */
  function cut(channel: ChannelId, device: DeviceId, fork: Fork): EventId[] {
    feeds.cutAt(channel, device, fork);
    store.putSetting(`${prefix}${channel}/${device}`, JSON.stringify({ channel, device, ...fork }));
    return store.feedEvents(channel, device, fork.seq, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER).map(({ id }) => id);
  }

  for (const { value } of store.settings(prefix)) {
    const { channel, device, ...fork } = JSON.parse(value) as Fork & { channel: ChannelId; device: DeviceId };
    feeds.cutAt(channel, device, fork);
  }
  branchControlFeeds();

  return {
    find(event, batch) {
      const { channel, device, seq } = placeIn(space, event);
      const feed = feeds.get(channel, device);
      if (feed === null) return null;
      if (isControlIn(space, event)) {
        if (!feeds.holds(channel, device, seq)) return null;
        return twins(seq, log.events().filter((other) => other.header.device === device && other.header.seq === seq).map(({ id }) => id));
      }
      const placed = { id: event.id, prev: event.header.prev };
      // The usual case: the next of a feed that ends with its predecessor.
      if (seq === lastSeq(feed) + 1 && feed.tip === placed.prev) return null;
      const around = (wanted: number): Placed[] => (feeds.holds(channel, device, wanted) ? held(channel, device, wanted, batch) : []);
      return forkAround(placed, seq, { at: around(seq), before: around(seq - 1), after: around(seq + 1) });
    },
    mark(event, fork) {
      const { channel, device } = placeIn(space, event);
      const known = feeds.get(channel, device)?.fork ?? null;
      let gone: EventId[] = [];
      if (isControlIn(space, event)) branchControlFeeds();
      else if (precedes(fork, known)) gone = cut(channel, device, fork);
      return { gone, isNews: feeds.get(channel, device)?.fork?.ids.join() !== known?.ids.join() };
    },
  };
}
