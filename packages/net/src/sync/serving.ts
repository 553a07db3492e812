/**
 * Answering `want` and `get` (spec/06-sync.md): the control log oldest first, content newest first, as far as credit goes
 * and no faster than the peer takes it.
 */
import { type Replica, count, holds, intersection, union, wireSize } from "@multichat/core";
import type { Store } from "@multichat/core/ports";
import type { ChannelId, DeviceId, EventId, Frame, FrameOf, Ranges, WireEvent } from "@multichat/protocol";
import type { Audience } from "./audience.ts";
import type { SyncSpace } from "./host.ts";
import { concurrentGets, concurrentServes, eventsFrameBytes, lookUpAtMost, maxCredit, walkPage, windowBytes } from "./limits.ts";
import type { Window } from "./window.ts";

export interface Serving {
  /** False when the peer asks for more at once than the protocol lets it. */
  want(frame: FrameOf<"want">): boolean;
  credit(frame: FrameOf<"credit">): void;
  get(frame: FrameOf<"get">): boolean;
  /** Live events, which nobody asked for. */
  push(events: readonly WireEvent[]): void;
  /** The control log, to whoever is to judge by it, also if it is no member: it may be long. */
  pushAll(events: WireEvent[]): void;
  /** The link has room again. */
  resume(): void;
  stop(): void;
}

interface Serve {
  request: number;
  pages: Iterator<WireEvent[]>;
  rest: WireEvent[];
  /** Events that may still be sent. Of those asked for by id it is not counted. */
  credit: number;
  /** How many were asked for by id. */
  ids: number;
  /** Goes to members only; the rest the peer is sent unasked. */
  asked: boolean;
  done(): void;
}

export function createServing(deps: {
  store: Store;
  space: SyncSpace;
  audience: Pick<Audience, "isListed" | "readable" | "readableSeqs">;
  alias: number;
  send: (frame: Frame) => void;
  window: Pick<Window, "hasRoom">;
}): Serving {
  const { store, space, audience, alias, send, window } = deps;
  const serves = new Set<Serve>();

  /** One frame of this serve; false when it has nothing more to send for now. */
  function step(serve: Serve): boolean {
    if (serve.asked && !audience.isListed()) {
      serves.delete(serve);
      return false;
    }
    if (serve.credit <= 0) return false;
    while (serve.rest.length === 0) {
      const page = serve.pages.next();
      if (page.done) {
        serves.delete(serve);
        serve.done();
        return false;
      }
      serve.rest = page.value;
    }
    const batch = takeFrame(serve.rest, serve.credit);
    serve.rest = serve.rest.slice(batch.length);
    const events = serve.asked ? audience.readable(batch) : batch;
    serve.credit -= events.length;
    if (events.length > 0) send({ type: "events", alias, request: serve.request, events });
    return true;
  }

  /** Frame by frame in turns, so that none waits for another to end. */
  function resume(): void {
    let active = [...serves];
    while (active.length > 0) active = active.filter((serve) => window.hasRoom() && serves.has(serve) && step(serve));
  }

  function add(serve: Serve): void {
    serves.add(serve);
    if (serves.size > 1) return resume();
    while (window.hasRoom() && step(serve));
  }

  function waiting(): { wants: Map<number, Serve>; ids: number } {
    const wants = new Map<number, Serve>();
    let ids = 0;
    for (const serve of serves) {
      if (serve.ids === 0) wants.set(serve.request, serve);
      ids += serve.ids;
    }
    return { wants, ids };
  }

  return {
    want({ request, channel, ranges, credit }) {
      const { wants } = waiting();
      if (wants.size >= concurrentServes || wants.has(request)) return false;
      add({
        request,
        pages: wantedEvents(store, space.replica, audience, channel, ranges),
        rest: [],
        credit: Math.min(credit, maxCredit),
        ids: 0,
        asked: true,
        done: () => send({ type: "end", alias, request, missing: [] }),
      });
      return true;
    },
    credit({ request, credit }) {
      const serve = waiting().wants.get(request);
      if (serve === undefined) return;
      serve.credit = Math.min(serve.credit + credit, maxCredit);
      resume();
    },
    get({ request, ids }) {
      if (waiting().ids + ids.length > 2 * concurrentGets) return false;
      const absent: EventId[] = [];
      function* found(): Generator<WireEvent[]> {
        for (const id of ids) {
          const stored = store.event(id);
          if (stored !== null && stored.space === space.replica.space) yield [wireOf(stored)];
          else absent.push(id);
        }
      }
      add({
        request,
        pages: gathered(found()),
        rest: [],
        credit: Infinity,
        ids: ids.length + 1,
        asked: true,
        done: () => send({ type: "end", alias, request, missing: absent }),
      });
      return true;
    },
    push(events) {
      let rest = events;
      while (rest.length > 0) {
        const batch = takeFrame(rest, rest.length);
        rest = rest.slice(batch.length);
        send({ type: "events", alias, request: 0, events: batch });
      }
    },
    pushAll: (events) => add({ request: 0, pages: [events].values(), rest: [], credit: Infinity, ids: 1, asked: false, done() {} }),
    resume,
    stop: () => serves.clear(),
  };
}

/** Pages joined until they fill a frame. */
function* gathered(pages: Iterable<WireEvent[]>): Generator<WireEvent[]> {
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

/** The first events that fit one frame, at least one. */
function takeFrame(events: readonly WireEvent[], most: number): WireEvent[] {
  const batch: WireEvent[] = [];
  let size = 0;
  for (const event of events) {
    size += wireSize(event);
    if (batch.length > 0 && (batch.length >= most || size > eventsFrameBytes)) break;
    batch.push(event);
  }
  return batch;
}

export interface WantedRange {
  device: DeviceId;
  from: number;
  to: number;
}

type Wanted = Map<DeviceId, Ranges>;

/** The wanted events that are held, a page at a time: of this space's channels only, whatever else the store keeps. */
function* wantedEvents(
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

function wireOf({ header, signature, salt, payload }: WireEvent): WireEvent {
  return { header, signature, salt, payload };
}
