/**
 * One space on one link (spec/06-sync.md): opening, comparing holdings, fetching what is missing, serving what is
 * asked, and live delivery. A peer that our control state does not list may give us control events and gets nothing.
 */
import { type Event, type Feed, holds, lastSeq, missing, openEvent, recordsOf, rowOf, sameBytes, wireSize } from "@multichat/core";
import type { Clock, Crypto, Store, StoredRecord } from "@multichat/core/ports";
import {
  type ChannelId,
  type CloseCode,
  type DeviceId,
  type EventId,
  type Frame,
  type FrameOf,
  type HoldingsRow,
  type SignedRecord,
  type SpaceId,
  type WireEvent,
  isControl,
  limits,
} from "@multichat/protocol";
import { type Claim, createRangeMap } from "./claims.ts";
import type { SyncHost, SyncSpace } from "./host.ts";
import {
  announceDelayMs,
  concurrentGets,
  concurrentServes,
  concurrentWants,
  creditStep,
  eventsFrameBytes,
  initialCredit,
  rowsFrameBytes,
} from "./limits.ts";
import { type WantedRange, wantedEvents, wireOf } from "./serving.ts";

export interface SpaceLinkDeps {
  host: SyncHost;
  store: Store;
  clock: Clock;
  crypto: Crypto;
  /** Claims were given back: other links of this space may want to take them up. */
  released(space: SpaceId, by: DeviceId): void;
}

export interface SpaceLink {
  readonly space: SyncSpace;
  readonly alias: number;
  /** Sends (again) what we hold of this space, in short. */
  open(): void;
  /** Whether what was last sent by `open` still says all that the peer may know. */
  isStale(): boolean;
  /** The peer was a member and is no longer. */
  shouldClose(): boolean;
  /** The control log, to a joiner who proved an invite. */
  sendControlLog(): void;
  /** Handles a frame about this space; false when the peer does not keep to the protocol. */
  frame(frame: Frame): boolean;
  /** Own new events: at once. */
  push(events: readonly Event[]): void;
  /** Events that came from someone else: told in short, fetched if missing. */
  announce(events: readonly Event[]): void;
  pushRecords(records: readonly StoredRecord[]): void;
  /** Looks again for what to ask this peer for. */
  examine(): void;
  /** Events the peer is known to hold that are not here. */
  missing(): number;
  close(code: CloseCode, text: string): void;
  /** The link is gone, or the space on it. */
  dispose(): void;
}

interface Fetch {
  claims: Claim[];
  credit: number;
}

interface Serve {
  alias: number;
  pages: Generator<WireEvent[]>;
  rest: WireEvent[];
  credit: number;
}

export function createSpaceLink(
  deps: SpaceLinkDeps,
  params: { space: SyncSpace; peer: DeviceId; alias: number; tag: Uint8Array; send: (frame: Frame) => void },
): SpaceLink {
  const { host, store, clock, crypto } = deps;
  const { space, peer, alias, tag, send } = params;
  const { replica, claims } = space;
  const sinceKey = `since/${replica.space}/${peer}`;

  let lastOpen: FrameOf<"open"> | null = null;
  let openedFully = false;
  let peerIncarnation: Uint8Array | null = null;
  /** Our arrivals the peer already knows of; null: it must be told everything. */
  let toldThrough: number | null = null;
  let cancelAnnounce: (() => void) | null = null;
  const theirs = createRangeMap();
  const unserved = createRangeMap();
  const toExamine = new Map<string, { channel: ChannelId; device: DeviceId }>();
  const toAnnounce = new Map<string, Feed>();
  const fetches = new Map<number, Fetch>();
  const serves = new Map<number, Serve>();
  const asked = new Set<EventId>();
  let nextRequest = 1;
  let pendingThrough: number | null = null;
  let incomplete = false;
  let disposed = false;

  const listed = (): boolean => replica.state()?.devices.has(peer) ?? false;
  const live = (): boolean => lastOpen !== null && listed();

  function open(): void {
    const full = listed();
    openedFully = full;
    const mine: { channel: ChannelId; seq: number; id: EventId }[] = [];
    if (full) {
      for (const feed of replica.feeds.all()) {
        if (feed.device === peer && mine.length < limits.page) {
          mine.push({ channel: feed.channel, seq: lastSeq(feed), id: feed.tip });
        }
      }
    }
    const saved = store.setting(sinceKey);
    send({
      type: "open",
      tag,
      alias,
      here: { incarnation: store.incarnation, arrival: store.lastArrival(replica.space) },
      since: saved === null ? null : parseSince(saved),
      heads: full ? replica.log.heads().slice(0, limits.page) : [],
      digest: full ? replica.digest() : new Uint8Array(32),
      yours: mine,
    });
    if (full && lastOpen !== null) compare(lastOpen);
  }

  function onOpen(frame: FrameOf<"open">): boolean {
    lastOpen = frame;
    peerIncarnation = frame.here.incarnation;
    for (const { channel, seq, id } of frame.yours) checkOwnFeed(channel, seq, id);
    if (listed()) compare(frame);
    return true;
  }

  /** Digests equal: done. Else each tells the other what it holds. */
  function compare(frame: FrameOf<"open">): void {
    incomplete = false;
    askFor(frame.heads.filter((id) => !replica.log.has(id) && frame.heads.length > 1));
    if (sameBytes(frame.digest, replica.digest())) {
      pendingThrough = frame.here.arrival;
      for (const feed of replica.feeds.all()) theirs.add(feed.channel, feed.device, feed.ranges);
      settle();
      return;
    }
    const since = frame.since;
    toldThrough = since !== null && sameBytes(since.incarnation, store.incarnation) ? since.arrival : null;
    sendHoldings();
    sendRecords(recordsOf(store, replica.state(), replica.space));
  }

  /** A peer that holds more of our own feed than we do has it from another copy of this device. */
  function checkOwnFeed(channel: ChannelId, seq: number, id: EventId): void {
    const feed = replica.feeds.get(channel, host.self);
    const held = feed !== null && holds(feed.ranges, seq) ? store.eventsAt(channel, host.self, seq) : [];
    if (held.some((event) => event.id === id)) return;
    host.notMyself(replica.space, held.length === 0 ? "a member holds messages of this device that are not here" : "a member holds other messages of this device");
  }

  function sendHoldings(): void {
    const from = toldThrough;
    const through = store.lastArrival(replica.space);
    const feeds = [...replica.feeds.all()].filter((feed) => from === null || feed.arrival > from);
    sendRows(feeds.map(rowOf), from === null, through);
    toldThrough = through;
  }

  function sendRows(rows: HoldingsRow[], complete: boolean, through: number): void {
    let page: HoldingsRow[] = [];
    let size = 0;
    for (const row of rows) {
      if (page.length > 0 && (page.length >= limits.page || size > rowsFrameBytes)) {
        send({ type: "holdings", alias, complete, through, final: false, rows: page });
        page = [];
        size = 0;
      }
      page.push({ ...row, ranges: row.ranges.slice(-limits.ranges) });
      size += 160 + 10 * row.ranges.length;
    }
    send({ type: "holdings", alias, complete, through, final: true, rows: page });
  }

  function onHoldings(frame: FrameOf<"holdings">): boolean {
    const authorised = listed();
    for (const row of frame.rows) {
      if (!authorised && row.channel !== replica.space) {
        incomplete = true;
        continue;
      }
      theirs.add(row.channel, row.device, row.ranges);
      toExamine.set(row.channel + row.device, row);
      askFor(row.forks.filter((id) => !store.hasEvent(id)));
      checkTip(row);
    }
    if (frame.final) {
      pendingThrough = frame.through;
      examine();
    }
    return true;
  }

  /** Two different events at one seq: ask for the other, it proves the fork. */
  function checkTip(row: HoldingsRow): void {
    const seq = lastSeq(row);
    const feed = replica.feeds.get(row.channel, row.device);
    if (feed === null || feed.fork !== null || !holds(feed.ranges, seq) || feed.tip === row.tip) return;
    if (!store.eventsAt(row.channel, row.device, seq).some(({ id }) => id === row.tip)) askFor([row.tip]);
  }

  /** Asks for what the peer holds and we lack: the control log first and whole, then the rest. */
  function examine(): void {
    if (disposed) return;
    const control: Claim[] = [];
    const content = new Map<ChannelId, Claim[]>();
    for (const [key, { channel, device }] of toExamine) {
      const feed = replica.feeds.get(channel, device);
      if (feed?.fork != null && channel !== replica.space) {
        toExamine.delete(key);
        continue;
      }
      const lacking = missing(missing(theirs.get(channel, device), feed?.ranges ?? []), unserved.get(channel, device));
      if (lacking.length === 0) {
        toExamine.delete(key);
        continue;
      }
      const claim = { channel, device, ranges: lacking };
      if (channel === replica.space) control.push(claim);
      else content.set(channel, [...(content.get(channel) ?? []), claim]);
    }
    if (control.length > 0) request(replica.space, control);
    else for (const [channel, wanted] of content) request(channel, wanted);
    settle();
    host.progress(replica.space);
  }

  function request(channel: ChannelId, wanted: readonly Claim[]): void {
    if (fetches.size >= concurrentWants) return;
    const ranges: WantedRange[] = [];
    const taken: Claim[] = [];
    for (const claim of wanted) {
      if (ranges.length >= limits.page) break;
      const free = claims.take({ ...claim, ranges: claim.ranges.slice(-(limits.page - ranges.length)) });
      if (free.length === 0) continue;
      const fits = free.slice(0, limits.page - ranges.length);
      if (fits.length < free.length) claims.release({ ...claim, ranges: free.slice(fits.length) });
      taken.push({ ...claim, ranges: fits });
      for (const [from, to] of fits) ranges.push({ device: claim.device, from, to });
    }
    if (ranges.length === 0) return;
    const number = nextRequest++;
    fetches.set(number, { claims: taken, credit: initialCredit });
    send({ type: "want", alias, request: number, channel, ranges, credit: initialCredit });
  }

  function onEvents(frame: FrameOf<"events">): boolean {
    const events: Event[] = [];
    for (const wire of frame.events) {
      const opened = openEvent(crypto, wire);
      if (!opened.ok) return false;
      const { header } = opened.value;
      if (!listed() && !isControl(header) && opened.value.id !== replica.space) continue;
      events.push(opened.value);
      theirs.addOne(header.channel, header.device, header.seq);
    }
    const fetch = fetches.get(frame.request);
    if (frame.request !== 0 && fetch !== undefined) {
      fetch.credit -= frame.events.length;
      if (fetch.credit <= creditStep) {
        const credit = initialCredit - fetch.credit;
        fetch.credit += credit;
        send({ type: "credit", alias, request: frame.request, credit });
      }
    }
    for (const { id } of events) asked.delete(id);
    const received = host.receive(replica.space, events, peer);
    if (received.refused.length > 0) incomplete = true;
    askFor(received.wanted);
    if (frame.request !== 0) host.progress(replica.space);
    return true;
  }

  function askFor(ids: readonly EventId[]): void {
    const fresh = [...new Set(ids)].filter((id) => !asked.has(id)).slice(0, Math.max(0, concurrentGets - asked.size));
    for (let i = 0; i < fresh.length; i += limits.page) {
      const page = fresh.slice(i, i + limits.page);
      for (const id of page) asked.add(id);
      send({ type: "get", alias, request: nextRequest++, ids: page });
    }
  }

  function onEnd(frame: FrameOf<"end">): boolean {
    // Those stay in `asked`: this peer is not asked for them again.
    if (frame.missing.length > 0) incomplete = true;
    const fetch = fetches.get(frame.request);
    if (fetch === undefined) return true;
    fetches.delete(frame.request);
    for (const claim of fetch.claims) {
      claims.release(claim);
      const left = missing(claim.ranges, replica.feeds.get(claim.channel, claim.device)?.ranges ?? []);
      if (left.length === 0) continue;
      unserved.add(claim.channel, claim.device, left);
      incomplete = true;
    }
    examine();
    deps.released(replica.space, peer);
    return true;
  }

  /** With nothing under way, the peer's arrivals up to `pendingThrough` are all here. */
  function settle(): void {
    if (pendingThrough === null || fetches.size > 0 || toExamine.size > 0 || peerIncarnation === null) return;
    if (!incomplete && replica.pending.size() === 0) {
      store.putSetting(sinceKey, formatSince(peerIncarnation, pendingThrough));
    }
    pendingThrough = null;
    host.caughtUp(replica.space, peer);
  }

  function onWant(frame: FrameOf<"want">): boolean {
    if (serves.size >= concurrentServes || serves.has(frame.request)) return false;
    if (!listed()) return true;
    const pages = wantedEvents(store, replica, frame.channel, frame.ranges);
    serves.set(frame.request, { alias, pages, rest: [], credit: frame.credit });
    serve(frame.request);
    return true;
  }

  function onCredit(frame: FrameOf<"credit">): boolean {
    const serving = serves.get(frame.request);
    if (serving === undefined) return true;
    serving.credit += frame.credit;
    serve(frame.request);
    return true;
  }

  function serve(request: number): void {
    const serving = serves.get(request);
    if (serving === undefined) return;
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

  function onGet(frame: FrameOf<"get">): boolean {
    if (!listed()) return true;
    const found: WireEvent[] = [];
    const absent: EventId[] = [];
    for (const id of frame.ids) {
      const stored = store.event(id);
      if (stored !== null && stored.space === replica.space) found.push(wireOf(stored));
      else absent.push(id);
    }
    sendEvents(found, frame.request);
    send({ type: "end", alias, request: frame.request, missing: absent });
    return true;
  }

  function sendEvents(events: readonly WireEvent[], request: number): void {
    let rest = events;
    while (rest.length > 0) {
      const batch = takeFrame(rest, rest.length);
      rest = rest.slice(batch.length);
      send({ type: "events", alias, request, events: batch });
    }
  }

  function sendRecords(records: readonly StoredRecord[]): void {
    let page: SignedRecord[] = [];
    let size = 0;
    for (const { bytes, signature } of records) {
      if (page.length > 0 && size + bytes.length > rowsFrameBytes) {
        send({ type: "records", alias, records: page });
        page = [];
        size = 0;
      }
      page.push({ record: bytes, signature });
      size += bytes.length + 80;
    }
    if (page.length > 0) send({ type: "records", alias, records: page });
  }

  function sendAnnouncements(): void {
    cancelAnnounce = null;
    if (!live() || toAnnounce.size === 0) return;
    const rows = [...toAnnounce.values()]
      .filter((feed) => missing(feed.ranges, theirs.get(feed.channel, feed.device)).length > 0)
      .map(rowOf);
    toAnnounce.clear();
    toldThrough = store.lastArrival(replica.space);
    if (rows.length > 0) sendRows(rows, false, toldThrough);
  }

  return {
    space,
    alias,
    open,
    isStale: () => !openedFully && listed(),
    shouldClose: () => openedFully && !listed(),
    sendControlLog() {
      sendEvents(replica.log.events().map(({ wire }) => wire), 0);
    },
    frame(frame) {
      switch (frame.type) {
        case "open":
          return onOpen(frame);
        case "holdings":
          return onHoldings(frame);
        case "want":
          return onWant(frame);
        case "credit":
          return onCredit(frame);
        case "get":
          return onGet(frame);
        case "events":
          return onEvents(frame);
        case "end":
          return onEnd(frame);
        case "records":
          if (listed()) host.receiveRecords(replica.space, frame.records, peer);
          return true;
        case "ephemeral":
        case "digests":
          return true;
        default:
          return false;
      }
    },
    push(events) {
      if (!live()) return;
      for (const { header } of events) theirs.addOne(header.channel, header.device, header.seq);
      sendEvents(events.map(({ wire }) => wire), 0);
    },
    announce(events) {
      if (!live()) return;
      for (const { header } of events) {
        if (holds(theirs.get(header.channel, header.device), header.seq)) continue;
        const feed = replica.feeds.get(header.channel, header.device);
        if (feed !== null) toAnnounce.set(header.channel + header.device, feed);
      }
      if (toAnnounce.size > 0) cancelAnnounce ??= clock.after(announceDelayMs, sendAnnouncements);
    },
    examine,
    pushRecords(records) {
      if (live()) sendRecords(records);
    },
    missing() {
      let sum = 0;
      for (const { channel, device } of toExamine.values()) {
        const lacking = missing(theirs.get(channel, device), replica.feeds.get(channel, device)?.ranges ?? []);
        for (const [from, to] of missing(lacking, unserved.get(channel, device))) sum += to - from + 1;
      }
      return sum;
    },
    close(code, text) {
      send({ type: "close", alias, code, text });
    },
    dispose() {
      disposed = true;
      cancelAnnounce?.();
      for (const fetch of fetches.values()) for (const claim of fetch.claims) claims.release(claim);
      fetches.clear();
      serves.clear();
      deps.released(replica.space, peer);
    },
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

function formatSince(incarnation: Uint8Array, arrival: number): string {
  return JSON.stringify([[...incarnation], arrival]);
}

function parseSince(text: string): { incarnation: Uint8Array; arrival: number } {
  const [incarnation, arrival] = JSON.parse(text) as [number[], number];
  return { incarnation: new Uint8Array(incarnation), arrival };
}
