/**
 * What one peer says that it holds of a space, and the events it sends (spec/06-sync.md): learned, taken in, and asked for. From
 * whoever is no member only the control log is taken.
 */
import { type Event, holds, lastSeq, openEvent, upTo } from "@multichat/core";
import type { Crypto, Store } from "@multichat/core/ports";
import { type ChannelId, type DeviceId, type EventId, type FrameOf, type HoldingsRow, isControl, limits } from "@multichat/protocol";
import type { Coverage } from "./coverage.ts";
import type { Fetching } from "./fetching.ts";
import type { SyncHost, SyncSpace } from "./host.ts";
import { plausibleSeq } from "./limits.ts";

export interface Hearing {
  /** Asks for these events by their ids. */
  ask(ids: readonly EventId[]): void;
  /** A tip that the peer holds of a feed of this device's own: what it is decides, not what is said of it. */
  ownTip(channel: ChannelId, seq: number, tip: EventId): void;
  holdings(frame: FrameOf<"holdings">): void;
  events(frame: FrameOf<"events">): void;
}

export function createHearing(deps: {
  host: SyncHost;
  space: SyncSpace;
  peer: DeviceId;
  store: Store;
  crypto: Crypto;
  fetching: Fetching;
  coverage: Coverage;
  /** Whether content is taken from it, not only control events. */
  trusted(): boolean;
  /** It said all it had to say for now. */
  told(): void;
}): Hearing {
  const { host, space, peer, store, fetching, coverage } = deps;
  const id = space.replica.space;

  function ask(ids: readonly EventId[]): void {
    if (!fetching.askFor(ids)) coverage.missed();
  }

  /** Two different events at one seq: the other one proves the fork. */
  function contradicts(row: HoldingsRow): boolean {
    const seq = lastSeq(row);
    const feed = space.replica.feeds.get(row.channel, row.device);
    if (feed === null || !holds(feed.ranges, seq) || feed.tip === row.tip) return false;
    if (feed.fork !== null && (seq > feed.fork.seq || feed.fork.ids.includes(row.tip))) return false;
    return !store.eventsAt(row.channel, row.device, seq).some((event) => event.id === row.tip);
  }

  /** Those that are in order and may come from this peer. */
  function opened(wires: FrameOf<"events">["events"]): Event[] {
    const events: Event[] = [];
    const taken = deps.trusted() && !space.leaving;
    for (const wire of wires) {
      const result = openEvent(deps.crypto, wire);
      if (!result.ok) {
        coverage.missed();
        host.log("event.malformed", { why: result.error });
        continue;
      }
      const { header } = result.value;
      if (!taken && !isControl(header) && result.value.id !== id) {
        coverage.missed();
        continue;
      }
      events.push(result.value);
      fetching.learnOne(header.channel, header.device, header.seq);
    }
    return events;
  }

  return {
    ask,
    ownTip(channel, seq, tip) {
      const feed = space.replica.feeds.get(channel, host.self);
      const held = feed !== null && holds(feed.ranges, seq) ? store.eventsAt(channel, host.self, seq) : [];
      if (!held.some((event) => event.id === tip)) ask([tip]);
    },
    holdings(frame) {
      if (coverage.page(frame)) fetching.forgive();
      const taken = deps.trusted();
      const ids: EventId[] = [];
      for (const row of frame.rows) {
        const ranges = upTo(row.ranges, plausibleSeq);
        // Of a feed with more holes than a row names, the rest is told another time.
        if (lastSeq(row) > plausibleSeq || row.ranges.length >= limits.ranges) coverage.missed();
        if (ranges.length === 0) continue;
        if (!taken && row.channel !== id) {
          coverage.missed();
          continue;
        }
        // Proof of a fork comes before what stands behind it.
        ids.push(...row.forks.filter((fork) => !store.hasEvent(fork)));
        if (!fetching.learn({ ...row, ranges })) coverage.missed();
        if (contradicts(row)) ids.push(row.tip);
      }
      ask(ids);
      if (!frame.final) return;
      coverage.through(frame.through);
      deps.told();
    },
    events(frame) {
      const events = opened(frame.events);
      const requested = fetching.requested(frame.request, events.map((event) => event.id));
      fetching.arrived(frame, events);
      if (space.leaving || events.length === 0) return;
      const received = host.receive(id, events, peer, requested);
      if (received.refused.length > 0 || received.postponed > 0) coverage.missed();
      ask(received.wanted);
      if (frame.request !== 0) host.progress(id);
    },
  };
}
