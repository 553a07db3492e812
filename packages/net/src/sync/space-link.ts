/**
 * One space on one link (spec/06-sync.md): opening, comparing holdings, catching up and live delivery. A peer that our
 * control state does not list may give us control events and gets nothing.
 */
import { type Event, type Feed, type Replica, holds, lastSeq, missing, openEvent, recordsOf, rowOf, sameBytes, upTo } from "@multichat/core";
import type { Clock, Crypto, Store, StoredRecord } from "@multichat/core/ports";
import {
  type ArrivalPoint,
  type ChannelId,
  type CloseCode,
  type DeviceId,
  type EventId,
  type Frame,
  type FrameOf,
  type HoldingsRow,
  type SignedRecord,
  type SpaceId,
  isControl,
  limits,
} from "@multichat/protocol";
import { createFetching } from "./fetching.ts";
import { type SyncHost, type SyncSpace, lists } from "./host.ts";
import { announceDelayMs, compareAgainMs, plausibleSeq, quietMs, rowsFrameBytes } from "./limits.ts";
import { createServing } from "./serving.ts";
import type { Window } from "./window.ts";

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
  /** The peer was a member and is no longer, and all it wrote as one is here. */
  shouldClose(): boolean;
  /** Whether the peer belongs to the space. */
  isListed(): boolean;
  /** Its account was removed by others: it gets nothing more but that. */
  isRemoved(): boolean;
  /** What removed it, with all that came before: so that it can judge for itself. */
  showRemoval(): void;
  /**
   * The control log, to a joiner who proved an invite, or to a device that is to bind itself. @param follows whether it is to
   * have what comes of it later too: it may have to wait for somebody else before it can enter
   */
  sendControlLog(follows?: () => boolean): void;
  /** Handles a frame about this space; false when the peer does not keep to the protocol. */
  frame(frame: Frame): boolean;
  /** Own new events: at once. */
  push(events: readonly Event[]): void;
  /** Events that came from someone else: told in short, fetched if missing. */
  announce(events: readonly Event[]): void;
  pushRecords(records: readonly StoredRecord[]): void;
  /** The same, to whoever is there. */
  showRecords(records: readonly StoredRecord[]): void;
  /** Looks again for what to ask this peer for. */
  examine(): void;
  /** Events the peer is known to hold that are not here. */
  missing(): number;
  /** The link has room again for what waits to be sent. */
  resume(): void;
  close(code: CloseCode, text: string): void;
  /** The link is gone, or the space on it. */
  dispose(): void;
}

export function createSpaceLink(
  deps: SpaceLinkDeps,
  params: {
    space: SyncSpace;
    peer: DeviceId;
    alias: number;
    tag: Uint8Array;
    send: (frame: Frame) => void;
    window: Pick<Window, "hasRoom">;
    /** Nothing is left to be fetched from a peer that is no longer a member. */
    finished: () => void;
  },
): SpaceLink {
  const { host, store, clock, crypto } = deps;
  const { space, peer, alias, tag, send } = params;
  const id = space.replica.space;
  const sinceKey = `since/${id}/${peer}`;
  const comparedKey = `compared/${id}/${peer}`;
  const fetching = createFetching({ space, alias, clock, send, expired });
  const serving = createServing({ store, space, peer, alias, send, window: params.window });

  let lastOpen: FrameOf<"open"> | null = null;
  let openedFully = false;
  /** Our arrivals the peer already knows of; null: it must be told everything. */
  let toldThrough: number | null = null;
  const toldForks = new Map<string, string>();
  const toAnnounce = new Map<string, Feed>();
  let cancelAnnounce: (() => void) | null = null;
  /** The peer's arrivals that will all be here when nothing is under way any more. */
  let pendingThrough: number | null = null;
  /** Something of what the peer told was not taken: its next word on what it holds must not start after it. */
  let incomplete = false;
  /** What was held when the exchange under way began: a replica made anew may hold less. */
  let basis: Replica = space.replica;
  /** The peer was asked for everything, not only what is new to us, and its answer has not begun. */
  let askedForAll = false;
  /** The rows that came last were not the end of an answer. */
  let midway = false;
  let comparedAll = false;
  /** What the peer told last was all it holds, or the same as what is here. */
  let toldAll = false;
  let cancelQuiet: (() => void) | null = null;
  let disposed = false;
  let follows = (): boolean => false;

  const listed = (): boolean => lists(space, peer);
  const live = (): boolean => lastOpen !== null && listed();
  /** What a member wrote before it left is still taken from it. */
  const trusted = (): boolean => openedFully || listed();

  function open(): void {
    const saved = store.setting(sinceKey);
    openSince(saved === null || incomplete || basis !== space.replica ? null : parseSince(saved));
  }

  function openSince(since: ArrivalPoint | null): void {
    const { replica } = space;
    const full = listed();
    openedFully = full;
    askedForAll = since === null;
    const yours: { channel: ChannelId; seq: number; id: EventId }[] = [];
    if (full) {
      for (const feed of replica.feeds.all()) {
        if (feed.device === peer && yours.length < limits.page) yours.push({ channel: feed.channel, seq: lastSeq(feed), id: feed.tip });
      }
    }
    send({
      type: "open",
      tag,
      alias,
      here: { incarnation: store.incarnation, arrival: store.lastArrival(replica.space) },
      since,
      heads: full ? replica.log.heads().slice(0, limits.page) : [],
      digest: full ? replica.digest() : new Uint8Array(32),
      yours,
    });
    if (full && lastOpen !== null) compare(lastOpen);
  }

  /** The peer lets a request lie: others may hold the same. */
  function expired(): void {
    incomplete = true;
    examine();
    deps.released(id, peer);
  }

  function onOpen(frame: FrameOf<"open">): void {
    lastOpen = frame;
    if (!space.leaving) for (const { channel, seq, id } of frame.yours) checkOwnFeed(channel, seq, id);
    if (listed()) compare(frame);
  }

  /** Digests equal: done. Else each tells the other what it holds. */
  function compare(frame: FrameOf<"open">): void {
    const { replica } = space;
    if (frame.heads.length > 1) ask(frame.heads.filter((head) => !replica.log.has(head)));
    if (sameBytes(frame.digest, replica.digest())) {
      incomplete = false;
      toldAll = true;
      basis = replica;
      pendingThrough = frame.here.arrival;
      for (const feed of replica.feeds.all()) fetching.learn(feed);
      examine();
      return;
    }
    toldThrough = knownArrival(frame.since);
    sendHoldings();
    sendRecords(recordsOf(store, replica.state(), replica.space));
  }

  function ask(ids: readonly EventId[]): void {
    if (!fetching.askFor(ids)) incomplete = true;
  }

  /** How far the peer has this store, if it speaks of this store as it is now. */
  function knownArrival(since: ArrivalPoint | null): number | null {
    if (since === null || !sameBytes(since.incarnation, store.incarnation)) return null;
    return since.arrival <= store.lastArrival(id) ? since.arrival : null;
  }

  /** A peer that holds other events of this device than we do: what they are decides, not what is said of them. */
  function checkOwnFeed(channel: ChannelId, seq: number, tip: EventId): void {
    const feed = space.replica.feeds.get(channel, host.self);
    const held = feed !== null && holds(feed.ranges, seq) ? store.eventsAt(channel, host.self, seq) : [];
    if (!held.some((event) => event.id === tip)) ask([tip]);
  }

  function sendHoldings(): void {
    const from = toldThrough;
    const through = store.lastArrival(id);
    const feeds = [...space.replica.feeds.all()].filter((feed) => from === null || feed.arrival > from);
    sendRows(feeds, from === null, through);
    toldThrough = through;
  }

  function sendRows(feeds: readonly Feed[], complete: boolean, through: number): void {
    let page: HoldingsRow[] = [];
    let size = 0;
    for (const feed of feeds) {
      if (page.length > 0 && (page.length >= limits.page || size > rowsFrameBytes)) {
        send({ type: "holdings", alias, complete, through, final: false, rows: page });
        page = [];
        size = 0;
      }
      const row = rowOf(feed);
      toldForks.set(keyOf(feed), row.forks.join());
      page.push({ ...row, ranges: row.ranges.slice(-limits.ranges) });
      size += 160 + 10 * row.ranges.length;
    }
    send({ type: "holdings", alias, complete, through, final: true, rows: page });
  }

  function onHoldings(frame: FrameOf<"holdings">): void {
    if (space.leaving) return;
    if (!midway && frame.complete && askedForAll) {
      // All it holds follows: what was missed before is named again.
      askedForAll = false;
      incomplete = false;
      basis = space.replica;
      fetching.forgive();
    }
    midway = !frame.final;
    if (frame.final && frame.complete) toldAll = true;
    const taken = trusted();
    const ids: EventId[] = [];
    for (const row of frame.rows) {
      const ranges = upTo(row.ranges, plausibleSeq);
      // Of a feed with more holes than a row names, the rest is told another time.
      if (lastSeq(row) > plausibleSeq || row.ranges.length >= limits.ranges) incomplete = true;
      if (ranges.length === 0) continue;
      if (!taken && row.channel !== id) {
        incomplete = true;
        continue;
      }
      // Proof of a fork comes before what stands behind it.
      ids.push(...row.forks.filter((fork) => !store.hasEvent(fork)));
      fetching.learn({ ...row, ranges });
      if (contradicts(row)) ids.push(row.tip);
    }
    ask(ids);
    if (frame.final) {
      pendingThrough = frame.through;
      examine();
    }
  }

  /** Two different events at one seq: the other one proves the fork. */
  function contradicts(row: HoldingsRow): boolean {
    const seq = lastSeq(row);
    const feed = space.replica.feeds.get(row.channel, row.device);
    if (feed === null || !holds(feed.ranges, seq) || feed.tip === row.tip) return false;
    if (feed.fork !== null && (seq > feed.fork.seq || feed.fork.ids.includes(row.tip))) return false;
    return !store.eventsAt(row.channel, row.device, seq).some((event) => event.id === row.tip);
  }

  function examine(): void {
    if (disposed) return;
    fetching.examine();
    settle();
    host.progress(id);
  }

  function onEvents(frame: FrameOf<"events">): void {
    const events: Event[] = [];
    const taken = trusted() && !space.leaving;
    for (const wire of frame.events) {
      const opened = openEvent(crypto, wire);
      if (!opened.ok) {
        incomplete = true;
        host.log("event.malformed", { why: opened.error });
        continue;
      }
      const { header } = opened.value;
      if (!taken && !isControl(header) && opened.value.id !== id) {
        incomplete = true;
        continue;
      }
      events.push(opened.value);
      fetching.learnOne(header.channel, header.device, header.seq);
    }
    const requested = fetching.requested(frame.request, events.map((event) => event.id));
    fetching.arrived(frame, events);
    if (space.leaving || events.length === 0) return;
    const received = host.receive(id, events, peer, requested);
    if (received.refused.length > 0 || received.postponed > 0) incomplete = true;
    ask(received.wanted);
    if (frame.request !== 0) host.progress(id);
  }

  function onEnd(frame: FrameOf<"end">): void {
    if (!fetching.end(frame)) incomplete = true;
    examine();
    deps.released(id, peer);
  }

  /** With nothing under way, the peer's arrivals up to `pendingThrough` are all here. */
  function settle(): void {
    if (pendingThrough === null || lastOpen === null || !fetching.idle()) return;
    const whole = !incomplete && basis === space.replica && space.replica.pending.size() === 0;
    if (whole) store.putSetting(sinceKey, formatSince(lastOpen.here.incarnation, pendingThrough));
    if (whole && toldAll) store.putSetting(comparedKey, String(clock.now()));
    pendingThrough = null;
    host.caughtUp(id, peer);
    if (openedFully && !listed()) params.finished();
    else if (!comparedAll && !(whole && comparedLately())) cancelQuiet ??= clock.after(quietMs, compareAll);
  }

  function comparedLately(): boolean {
    const age = clock.now() - Number(store.setting(comparedKey) ?? Number.NaN);
    return age >= 0 && age < compareAgainMs;
  }

  /** What is new to either is exchanged, and still they differ: something was lost on the way, so all is compared, once. */
  function compareAll(): void {
    cancelQuiet = null;
    if (!live() || lastOpen === null || space.leaving || comparedAll) return;
    // While something is under way, its end will bring us here again.
    if (!fetching.idle() || sameBytes(lastOpen.digest, space.replica.digest())) return;
    comparedAll = true;
    openSince(null);
  }

  function sendRecords(records: readonly StoredRecord[]): void {
    let page: SignedRecord[] = [];
    let size = 0;
    for (const { bytes, signature } of records) {
      if (bytes.length > limits.record) continue;
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
    const feeds = [...toAnnounce.values()].filter(isNews);
    toAnnounce.clear();
    toldThrough = store.lastArrival(id);
    if (feeds.length > 0) sendRows(feeds, false, toldThrough);
  }

  function isNews(feed: Feed): boolean {
    const forks = feed.fork?.ids.join() ?? "";
    if (forks !== "" && toldForks.get(keyOf(feed)) !== forks) return true;
    return missing(feed.ranges, fetching.theirs(feed.channel, feed.device)).length > 0;
  }

  function pushControl(events: readonly Event[]): void {
    const control = events.filter(({ header }) => isControl(header));
    if (control.length > 0 && lastOpen !== null && follows()) serving.push(control.map(({ wire }) => wire));
  }

  /** Each frame about a space, and whether it was in order. */
  function handle(frame: Frame): boolean {
    switch (frame.type) {
      case "open":
        onOpen(frame);
        return true;
      case "holdings":
        onHoldings(frame);
        return true;
      case "want":
        return !listed() || serving.want(frame);
      case "credit":
        if (listed()) serving.credit(frame);
        return true;
      case "get":
        return !listed() || serving.get(frame);
      case "events":
        onEvents(frame);
        return true;
      case "end":
        onEnd(frame);
        return true;
      case "records":
        if (listed() && !space.leaving) host.receiveRecords(id, frame.records, peer);
        return true;
      case "ephemeral":
      case "digests":
        return true;
      default:
        return false;
    }
  }

  return {
    space,
    alias,
    open,
    isStale: () => !openedFully && listed(),
    shouldClose: () => openedFully && !listed() && fetching.idle(),
    isListed: listed,
    isRemoved: () => !listed() && host.removal(id, peer) !== null,
    showRemoval() {
      const { log } = space.replica;
      const before = log.pastOf(host.removal(id, peer) ?? []);
      const known = log.pastOf((lastOpen?.heads ?? []).filter((head) => log.has(head)));
      const unseen = log.events().filter(({ index }) => before.has(index) && !known.has(index));
      serving.pushAll(unseen.map(({ wire }) => wire));
    },
    sendControlLog(whether = () => false) {
      follows = whether;
      serving.pushAll(space.replica.log.events().map(({ wire }) => wire));
    },
    frame: handle,
    push(events) {
      if (!live()) return pushControl(events);
      for (const { header } of events) fetching.learnOne(header.channel, header.device, header.seq);
      serving.push(events.filter(({ header }) => space.replica.mayRead(peer, header)).map(({ wire }) => wire));
    },
    announce(events) {
      if (!live()) return pushControl(events);
      for (const { header } of events) {
        const feed = space.replica.feeds.get(header.channel, header.device);
        if (feed !== null && isNews(feed)) toAnnounce.set(keyOf(feed), feed);
      }
      if (toAnnounce.size > 0) cancelAnnounce ??= clock.after(announceDelayMs, sendAnnouncements);
    },
    examine,
    pushRecords(records) {
      if (live()) sendRecords(records);
    },
    showRecords: sendRecords,
    missing: () => fetching.missing(),
    resume: () => serving.resume(),
    close: (code, text) => send({ type: "close", alias, code, text }),
    dispose() {
      disposed = true;
      cancelAnnounce?.();
      cancelQuiet?.();
      fetching.stop();
      serving.stop();
      deps.released(id, peer);
    },
  };
}

function keyOf({ channel, device }: { channel: ChannelId; device: DeviceId }): string {
  return channel + device;
}

function formatSince(incarnation: Uint8Array, arrival: number): string {
  return JSON.stringify([[...incarnation], arrival]);
}

function parseSince(text: string): ArrivalPoint {
  const [incarnation, arrival] = JSON.parse(text) as [number[], number];
  return { incarnation: new Uint8Array(incarnation), arrival };
}
