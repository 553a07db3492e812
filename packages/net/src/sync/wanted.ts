/**
 * The events that a peer wants and may have, read from the store a page at a time (spec/06-sync.md, Catching up): few of them feed
 * by feed, many by walking the channel.
 */
import { type Replica, count, holds, intersection, union, wireSize } from "@multichat/core";
import type { Store } from "@multichat/core/ports";
import type { ChannelId, DeviceId, EventId, Ranges, WireEvent } from "@multichat/protocol";
import type { Audience } from "./audience.ts";
import { eventsFrameBytes, lookUpAtMost, walkPage, windowBytes } from "./limits.ts";

export interface WantedRange {
  device: DeviceId;
  from: number;
  to: number;
}

type Wanted = Map<DeviceId, Ranges>;

/** The wanted events that are held, a page at a time: of this space's channels only, whatever else the store keeps. */
export function* wantedEvents(
  store: Store,
  replica: Replica,
  audience: Pick<Audience, "readableSeqs">,
  channel: ChannelId,
  ranges: readonly WantedRange[],
): Generator<WireEvent[]> {
  const control = channel === replica.space;
  if (!control && !(replica.state()?.channels.has(channel) ?? false)) return;
  const { wanted, total } = heldOf(replica, audience, channel, ranges);
  if (total === 0) return;
  if (control) yield controlEvents(replica, wanted);
  else if (total <= lookUpAtMost) yield* gathered(lookUp(store, replica.space, channel, wanted));
  else yield* walk(store, replica.space, channel, wanted, total);
}

/** The part of what is wanted that is here and that the peer may have, and how many events that is at least. */
function heldOf(replica: Replica, audience: Pick<Audience, "readableSeqs">, channel: ChannelId, ranges: readonly WantedRange[]): { wanted: Wanted; total: number } {
  const asked: Wanted = new Map();
  for (const { device, from, to } of ranges) {
    const list = asked.get(device);
    if (list === undefined) asked.set(device, [[from, to]]);
    else list.push([from, to]);
  }
  const wanted: Wanted = new Map();
  let total = 0;
  for (const [device, list] of asked) {
    const feed = replica.feeds.get(channel, device);
    if (feed === null) continue;
    const held = audience.readableSeqs(channel, device, intersection(union([], list.sort((a, b) => a[0] - b[0])), feed.ranges));
    if (held.length === 0) continue;
    wanted.set(device, held);
    total += count(held);
    // Two events may stand where a feed forks.
    if (feed.fork !== null && holds(held, feed.fork.seq)) total++;
  }
  return { wanted, total };
}

function controlEvents(replica: Replica, wanted: Wanted): WireEvent[] {
  return replica.log
    .events()
    .filter(({ header }) => holds(wanted.get(header.device) ?? [], header.seq))
    .map(({ wire }) => wire);
}

function* lookUp(store: Store, space: string, channel: ChannelId, wanted: Wanted): Generator<WireEvent[]> {
  const found: { hlc: bigint; id: EventId; event: WireEvent | null }[] = [];
  let bytes = 0;
  for (const [device, ranges] of wanted) {
    for (const [from, to] of ranges) {
      for (const stored of store.feedEvents(channel, device, from, to, lookUpAtMost)) {
        if (stored.space !== space) continue;
        bytes += wireSize(stored);
        // Large ones are read again when it is their turn: a slow peer must not have them all kept in memory.
        found.push({ hlc: stored.hlc, id: stored.id, event: bytes > windowBytes ? null : wireOf(stored) });
      }
    }
  }
  found.sort((a, b) => (a.hlc === b.hlc ? (a.id < b.id ? 1 : -1) : a.hlc < b.hlc ? 1 : -1));
  for (const { id, event } of found) {
    const again = event ?? store.event(id);
    if (again !== null) yield [wireOf(again)];
  }
}

function* walk(store: Store, space: string, channel: ChannelId, wanted: Wanted, total: number): Generator<WireEvent[]> {
  let before: { hlc: bigint; id: EventId } | null = null;
  let left = total;
  while (left > 0) {
    const page = store.eventsBefore(channel, before, walkPage);
    const last = page[page.length - 1];
    if (last === undefined) return;
    before = { hlc: last.hlc, id: last.id };
    const chosen = page.filter((event) => event.space === space && holds(wanted.get(event.device) ?? [], event.seq));
    left -= chosen.length;
    if (chosen.length > 0) yield chosen.map(wireOf);
  }
}

export function wireOf({ header, signature, salt, payload }: WireEvent): WireEvent {
  return { header, signature, salt, payload };
}

/** Pages joined until they fill a frame. */
export function* gathered(pages: Iterable<WireEvent[]>): Generator<WireEvent[]> {
  let batch: WireEvent[] = [];
  let size = 0;
  for (const page of pages) {
    for (const event of page) {
      batch.push(event);
      size += wireSize(event);
    }
    if (size < eventsFrameBytes) continue;
    yield batch;
    batch = [];
    size = 0;
  }
  if (batch.length > 0) yield batch;
}
