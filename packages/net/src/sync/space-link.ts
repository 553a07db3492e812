/**
 * One space on one link (spec/06-sync.md): opening, comparing holdings, catching up and live delivery. A peer that our
 * control state does not list may give us control events and gets nothing.
 */
import { type Event, type Feed, holds, lastSeq, missing, openEvent, recordsOf, rowOf, sameBytes } from "@multichat/core";
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
import type { SyncHost, SyncSpace } from "./host.ts";
import { announceDelayMs, rowsFrameBytes } from "./limits.ts";
import { createServing } from "./serving.ts";

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

export function createSpaceLink(
  deps: SpaceLinkDeps,
  params: {
    space: SyncSpace;
    peer: DeviceId;
    alias: number;
    tag: Uint8Array;
    send: (frame: Frame) => void;
    /** Nothing is left to be fetched from a peer that is no longer a member. */
    finished: () => void;
  },
): SpaceLink {
  const { host, store, clock, crypto } = deps;
  const { space, peer, alias, tag, send } = params;
  const { replica } = space;
  const sinceKey = `since/${replica.space}/${peer}`;
  const fetching = createFetching({ space, alias, send });
  const serving = createServing({ store, replica, alias, send });

  let lastOpen: FrameOf<"open"> | null = null;
  let openedFully = false;
  /** Our arrivals the peer already knows of; null: it must be told everything. */
  let toldThrough: number | null = null;
  const toldForks = new Map<string, string>();
  const toAnnounce = new Map<string, Feed>();
  let cancelAnnounce: (() => void) | null = null;
  /** The peer's arrivals that will all be here when nothing is under way any more. */
  let pendingThrough: number | null = null;
  let incomplete = false;
  let disposed = false;

  const listed = (): boolean => replica.state()?.devices.has(peer) ?? false;
  const live = (): boolean => lastOpen !== null && listed();
  /** What a member wrote before it left is still taken from it. */
  const trusted = (): boolean => openedFully || listed();

  function open(): void {
    const full = listed();
    openedFully = full;
    const yours: { channel: ChannelId; seq: number; id: EventId }[] = [];
    if (full) {
      for (const feed of replica.feeds.all()) {
        if (feed.device === peer && yours.length < limits.page) yours.push({ channel: feed.channel, seq: lastSeq(feed), id: feed.tip });
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
      yours,
    });
    if (full && lastOpen !== null) compare(lastOpen);
  }

  function onOpen(frame: FrameOf<"open">): void {
    lastOpen = frame;
    if (!space.leaving) for (const { channel, seq, id } of frame.yours) checkOwnFeed(channel, seq, id);
    if (listed()) compare(frame);
  }

  /** Digests equal: done. Else each tells the other what it holds. */
  function compare(frame: FrameOf<"open">): void {
    incomplete = false;
    if (frame.heads.length > 1) fetching.askFor(frame.heads.filter((id) => !replica.log.has(id)));
    if (sameBytes(frame.digest, replica.digest())) {
      pendingThrough = frame.here.arrival;
      for (const feed of replica.feeds.all()) fetching.learn(feed);
      examine();
      return;
    }
    toldThrough = knownArrival(frame.since);
    sendHoldings();
    sendRecords(recordsOf(store, replica.state(), replica.space));
  }

  /** How far the peer has this store, if it speaks of this store as it is now. */
  function knownArrival(since: ArrivalPoint | null): number | null {
    if (since === null || !sameBytes(since.incarnation, store.incarnation)) return null;
    return since.arrival <= store.lastArrival(replica.space) ? since.arrival : null;
  }

  /** A peer that holds other events of this device than we do: what they are decides, not what is said of them. */
  function checkOwnFeed(channel: ChannelId, seq: number, id: EventId): void {
    const feed = replica.feeds.get(channel, host.self);
    const held = feed !== null && holds(feed.ranges, seq) ? store.eventsAt(channel, host.self, seq) : [];
    if (!held.some((event) => event.id === id)) fetching.askFor([id]);
  }

  function sendHoldings(): void {
    const from = toldThrough;
    const through = store.lastArrival(replica.space);
    const feeds = [...replica.feeds.all()].filter((feed) => from === null || feed.arrival > from);
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
    const taken = trusted();
    for (const row of frame.rows) {
      if (!taken && row.channel !== replica.space) {
        incomplete = true;
        continue;
      }
      // Proof of a fork comes before what stands behind it.
      fetching.askFor(row.forks.filter((id) => !store.hasEvent(id)));
      fetching.learn(row);
      checkTip(row);
    }
    if (frame.final) {
      pendingThrough = frame.through;
      examine();
    }
  }

  /** Two different events at one seq: ask for the other, it proves the fork. */
  function checkTip(row: HoldingsRow): void {
    const seq = lastSeq(row);
    const feed = replica.feeds.get(row.channel, row.device);
    if (feed === null || !holds(feed.ranges, seq) || feed.tip === row.tip) return;
    if (feed.fork !== null && (seq > feed.fork.seq || feed.fork.ids.includes(row.tip))) return;
    if (!store.eventsAt(row.channel, row.device, seq).some(({ id }) => id === row.tip)) fetching.askFor([row.tip]);
  }

  function examine(): void {
    if (disposed) return;
    fetching.examine();
    settle();
    host.progress(replica.space);
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
      const { header, id } = opened.value;
      if (!taken && !isControl(header) && id !== replica.space) continue;
      events.push(opened.value);
      fetching.learnOne(header.channel, header.device, header.seq);
    }
    const ids = events.map(({ id }) => id);
    const requested = fetching.requested(frame.request, ids);
    fetching.arrived(frame, ids);
    if (space.leaving || events.length === 0) return;
    const received = host.receive(replica.space, events, peer, requested);
    if (received.refused.length > 0 || received.postponed > 0) incomplete = true;
    fetching.askFor(received.wanted);
    if (frame.request !== 0) host.progress(replica.space);
  }

  function onEnd(frame: FrameOf<"end">): void {
    if (!fetching.end(frame)) incomplete = true;
    examine();
    deps.released(replica.space, peer);
  }

  /** With nothing under way, the peer's arrivals up to `pendingThrough` are all here. */
  function settle(): void {
    if (pendingThrough === null || lastOpen === null || !fetching.idle()) return;
    if (!incomplete && replica.pending.size() === 0) store.putSetting(sinceKey, formatSince(lastOpen.here.incarnation, pendingThrough));
    pendingThrough = null;
    host.caughtUp(replica.space, peer);
    if (openedFully && !listed()) params.finished();
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
    const feeds = [...toAnnounce.values()].filter(isNews);
    toAnnounce.clear();
    toldThrough = store.lastArrival(replica.space);
    if (feeds.length > 0) sendRows(feeds, false, toldThrough);
  }

  function isNews(feed: Feed): boolean {
    const forks = feed.fork?.ids.join() ?? "";
    if (forks !== "" && toldForks.get(keyOf(feed)) !== forks) return true;
    return missing(feed.ranges, fetching.theirs(feed.channel, feed.device)).length > 0;
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
        if (listed()) serving.get(frame);
        return true;
      case "events":
        onEvents(frame);
        return true;
      case "end":
        onEnd(frame);
        return true;
      case "records":
        if (listed() && !space.leaving) host.receiveRecords(replica.space, frame.records, peer);
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
    sendControlLog: () => serving.push(replica.log.events().map(({ wire }) => wire)),
    frame: handle,
    push(events) {
      if (!live()) return;
      for (const { header } of events) fetching.learnOne(header.channel, header.device, header.seq);
      serving.push(events.map(({ wire }) => wire));
    },
    announce(events) {
      if (!live()) return;
      for (const { header } of events) {
        const feed = replica.feeds.get(header.channel, header.device);
        if (feed !== null && isNews(feed)) toAnnounce.set(keyOf(feed), feed);
      }
      if (toAnnounce.size > 0) cancelAnnounce ??= clock.after(announceDelayMs, sendAnnouncements);
    },
    examine,
    pushRecords(records) {
      if (live()) sendRecords(records);
    },
    missing: () => fetching.missing(),
    close: (code, text) => send({ type: "close", alias, code, text }),
    dispose() {
      disposed = true;
      cancelAnnounce?.();
      fetching.stop();
      serving.stop();
      deps.released(replica.space, peer);
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
