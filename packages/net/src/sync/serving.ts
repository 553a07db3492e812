/** Answering `want` and `get` (spec/06-sync.md): the control log oldest first, content newest first, as far as credit goes. */
import { type Replica, holds, wireSize } from "@multichat/core";
import type { Store } from "@multichat/core/ports";
import type { ChannelId, DeviceId, EventId, Frame, FrameOf, Ranges, WireEvent } from "@multichat/protocol";
import { concurrentServes, eventsFrameBytes, lookUpAtMost, maxCredit, walkPage } from "./limits.ts";

export interface Serving {
  /** False when the peer asks for more at once than the protocol lets it. */
  want(frame: FrameOf<"want">): boolean;
  credit(frame: FrameOf<"credit">): void;
  get(frame: FrameOf<"get">): void;
  /** Events nobody asked for: live ones, or the control log for a joiner. */
  push(events: readonly WireEvent[]): void;
  stop(): void;
}

interface Serve {
  pages: Generator<WireEvent[]>;
  rest: WireEvent[];
  credit: number;
}

export function createServing(deps: { store: Store; replica: Replica; alias: number; send: (frame: Frame) => void }): Serving {
  const { store, replica, alias, send } = deps;
  const serves = new Map<number, Serve>();

  function serve(request: number, serving: Serve): void {
    while (serving.credit > 0) {
      if (serving.rest.length === 0) {
        const page = serving.pages.next();
        if (page.done) {
          serves.delete(request);
          send({ type: "end", alias, request, missing: [] });
          return;
        }
        serving.rest = page.value;
        continue;
      }
      const batch = takeFrame(serving.rest, serving.credit);
      serving.rest = serving.rest.slice(batch.length);
      serving.credit -= batch.length;
      send({ type: "events", alias, request, events: batch });
    }
  }

  function sendEvents(events: readonly WireEvent[], request: number): void {
    let rest = events;
    while (rest.length > 0) {
      const batch = takeFrame(rest, rest.length);
      rest = rest.slice(batch.length);
      send({ type: "events", alias, request, events: batch });
    }
  }

  return {
    want({ request, channel, ranges, credit }) {
      if (serves.size >= concurrentServes || serves.has(request)) return false;
      const serving = { pages: wantedEvents(store, replica, channel, ranges), rest: [], credit: Math.min(credit, maxCredit) };
      serves.set(request, serving);
      serve(request, serving);
      return true;
    },
    credit({ request, credit }) {
      const serving = serves.get(request);
      if (serving === undefined) return;
      serving.credit = Math.min(serving.credit + credit, maxCredit);
      serve(request, serving);
    },
    get({ request, ids }) {
      const found: WireEvent[] = [];
      const absent: EventId[] = [];
      for (const id of ids) {
        const stored = store.event(id);
        if (stored !== null && stored.space === replica.space) found.push(wireOf(stored));
        else absent.push(id);
      }
      sendEvents(found, request);
      send({ type: "end", alias, request, missing: absent });
    },
    push: (events) => sendEvents(events, 0),
    stop: () => serves.clear(),
  };
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

/** The wanted events that are held, a page at a time. */
function* wantedEvents(
  store: Store,
  replica: Replica,
  channel: ChannelId,
  ranges: readonly WantedRange[],
): Generator<WireEvent[]> {
  const wanted: Wanted = new Map();
  let total = 0;
  for (const { device, from, to } of ranges) {
    const list = wanted.get(device) ?? [];
    list.push([from, to]);
    wanted.set(device, list);
    total += to - from + 1;
  }
  for (const list of wanted.values()) list.sort((a, b) => a[0] - b[0]);
  if (channel === replica.space) yield controlEvents(replica, wanted);
  else if (total <= lookUpAtMost) yield lookUp(store, channel, wanted);
  else yield* walk(store, channel, wanted, total);
}

function controlEvents(replica: Replica, wanted: Wanted): WireEvent[] {
  return replica.log
    .events()
    .filter(({ header }) => holds(wanted.get(header.device) ?? [], header.seq))
    .map(({ wire }) => wire);
}

function lookUp(store: Store, channel: ChannelId, wanted: Wanted): WireEvent[] {
  const found: { hlc: bigint; id: EventId; event: WireEvent }[] = [];
  for (const [device, ranges] of wanted) {
    for (const [from, to] of ranges) {
      for (const stored of store.feedEvents(channel, device, from, to, lookUpAtMost)) {
        found.push({ hlc: stored.hlc, id: stored.id, event: wireOf(stored) });
      }
    }
  }
  found.sort((a, b) => (a.hlc === b.hlc ? (a.id < b.id ? 1 : -1) : a.hlc < b.hlc ? 1 : -1));
  return found.map(({ event }) => event);
}

function* walk(store: Store, channel: ChannelId, wanted: Wanted, total: number): Generator<WireEvent[]> {
  let before: { hlc: bigint; id: EventId } | null = null;
  let left = total;
  while (left > 0) {
    const page = store.eventsBefore(channel, before, walkPage);
    const last = page[page.length - 1];
    if (last === undefined) return;
    before = { hlc: last.hlc, id: last.id };
    const chosen = page.filter(({ device, seq }) => holds(wanted.get(device) ?? [], seq));
    left -= chosen.length;
    if (chosen.length > 0) yield chosen.map(wireOf);
  }
}

function wireOf({ header, signature, salt, payload }: WireEvent): WireEvent {
  return { header, signature, salt, payload };
}
