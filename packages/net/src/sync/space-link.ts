/**
 * One space on one link (spec/06-sync.md): opening, comparing holdings, catching up and live delivery. A peer that our
 * control state does not list may give us control events and gets nothing.
 */
import { type Event, lastSeq, sameBytes } from "@multichat/core";
import type { Clock, Crypto, Store, StoredRecord } from "@multichat/core/ports";
import { type ArrivalPoint, type ChannelId, type CloseCode, type DeviceId, type EventId, type Frame, type FrameOf, type SpaceId, isControl, limits } from "@multichat/protocol";
import { createAudience } from "./audience.ts";
import { createCoverage } from "./coverage.ts";
import { createFetching } from "./fetching.ts";
import { createGiving } from "./giving.ts";
import { createHearing } from "./hearing.ts";
import type { SyncHost, SyncSpace } from "./host.ts";
import { createServing } from "./serving.ts";
import { createTelling } from "./telling.ts";
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
  /** Says something for a moment; false where the peer is not to be told. */
  tell(said: Omit<FrameOf<"ephemeral">, "type" | "alias">): boolean;
  /** Asks for pieces of a blob. */
  fetch(wanted: Omit<FrameOf<"fetch">, "type" | "alias">): void;
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

  let lastOpen: FrameOf<"open"> | null = null;
  let openedFully = false;
  /** The peer was told only of what was written since it joined. */
  let openedFromJoining = false;
  let disposed = false;
  let follows = (): boolean => false;
  /** It proved an invite, or that it belongs, and is not bound yet. */
  let comesIn = false;

  const audience = createAudience({ space, peer, store });
  const listed = audience.isListed;
  const live = (): boolean => lastOpen !== null && listed();
  /** What a member wrote before it left is still taken from it. */
  const trusted = (): boolean => openedFully || listed();

  const fetching = createFetching({ space, alias, clock, send, expired });
  const serving = createServing({ store, space, audience, alias, send, window: params.window });
  const giving = createGiving({
    alias, send,
    window: params.window,
    mayHave: (blob) => listed() && host.mayHaveBlob(id, peer, blob),
    open: (blob) => host.openBlob(blob),
    failed: ({ code }) => host.log("blob.failed", { code }),
  });
  const telling = createTelling({ space, audience, alias, store, clock, send, theirs: fetching.theirs, live });
  const coverage = createCoverage({
    space, peer, store, clock,
    differs: () => live() && fetching.idle() && !sameBytes(lastOpen!.digest, space.replica.digest()),
    compareAll: () => openSince(null),
  });
  const hearing = createHearing({ host, space, peer, store, crypto, fetching, coverage, trusted, told: examine });

  function openSince(since: ArrivalPoint | null): void {
    const { replica } = space;
    const full = listed();
    openedFully = full;
    openedFromJoining = audience.startsAtJoining();
    coverage.asked(since);
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
      here: { incarnation: store.incarnation, arrival: store.lastArrival(id) },
      since,
      heads: full ? replica.log.heads().slice(0, limits.page) : [],
      digest: full ? replica.digest() : new Uint8Array(32),
      yours,
    });
    if (full && lastOpen !== null) compare(lastOpen);
  }

  /** The peer lets a request lie: others may hold the same. */
  function expired(): void {
    coverage.missed();
    examine();
    deps.released(id, peer);
  }

  function onOpen(frame: FrameOf<"open">): void {
    lastOpen = frame;
    if (!space.leaving) for (const { channel, seq, id: tip } of frame.yours) hearing.ownTip(channel, seq, tip);
    if (!listed()) return;
    compare(frame);
    if (!space.leaving) host.opened(id, peer);
  }

  /** Digests equal: done. Else each tells the other what it holds. */
  function compare(frame: FrameOf<"open">): void {
    const { replica } = space;
    if (frame.heads.length > 1) hearing.ask(frame.heads.filter((head) => !replica.log.has(head)));
    if (sameBytes(frame.digest, replica.digest())) {
      coverage.same(frame.here.arrival);
      for (const feed of replica.feeds.all()) fetching.learn(feed);
      examine();
      return;
    }
    telling.held(knownArrival(frame.since));
  }

  /** How far the peer has this store, if it speaks of this store as it is now, and was told all that it may know. */
  function knownArrival(since: ArrivalPoint | null): number | null {
    if (since === null || !sameBytes(since.incarnation, store.incarnation)) return null;
    return since.arrival <= store.lastArrival(id) && !audience.mayHaveGrownSince(since.arrival) ? since.arrival : null;
  }

  function examine(): void {
    if (disposed) return;
    fetching.examine();
    settle();
    host.progress(id);
  }

  /** With nothing under way, all that the peer told of is here. */
  function settle(): void {
    if (lastOpen === null || !fetching.idle() || !coverage.settle(lastOpen.here.incarnation)) return;
    host.caughtUp(id, peer);
    if (openedFully && !listed()) params.finished();
    else coverage.lookAgain();
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
        if (!space.leaving) hearing.holdings(frame);
        return true;
      case "want":
        return !listed() || serving.want(frame);
      case "credit":
        if (listed()) serving.credit(frame);
        return true;
      case "get":
        return !listed() || serving.get(frame);
      case "events":
        hearing.events(frame);
        return true;
      case "end":
        if (!fetching.end(frame)) coverage.missed();
        examine();
        deps.released(id, peer);
        return true;
      case "records":
        if (listed() && !space.leaving) host.receiveRecords(id, frame.records, peer);
        // By which name it goes, for whoever decides whether it is let in.
        else if (comesIn) host.receiveRecords(id, frame.records.slice(0, 1), peer);
        return true;
      case "fetch":
        return giving.fetch(frame);
      case "piece":
        host.piece(id, peer, frame);
        return true;
      case "ephemeral":
        if (listed() && !space.leaving) host.ephemeral(id, peer, frame);
        return true;
      case "digests":
        return true;
      default:
        return false;
    }
  }

  return {
    space,
    alias,
    open: () => openSince(coverage.since()),
    isStale: () => listed() && (!openedFully || (openedFromJoining && !audience.startsAtJoining())),
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
      comesIn = true;
      serving.pushAll(space.replica.log.events().map(({ wire }) => wire));
    },
    frame: handle,
    push(events) {
      if (!live()) return pushControl(events);
      for (const { header } of events) fetching.learnOne(header.channel, header.device, header.seq);
      serving.push(events.filter(({ header }) => audience.mayRead(header)).map(({ wire }) => wire));
    },
    announce(events) {
      if (live()) telling.announce(events);
      else pushControl(events);
    },
    tell(said) {
      if (!live() || space.leaving) return false;
      send({ type: "ephemeral", alias, ...said });
      return true;
    },
    fetch: (wanted) => send({ type: "fetch", alias, ...wanted }),
    examine,
    pushRecords(records) {
      if (live()) telling.records(records);
    },
    showRecords: telling.records,
    missing: () => fetching.missing(),
    resume() {
      serving.resume();
      giving.resume();
    },
    close: (code, text) => send({ type: "close", alias, code, text }),
    dispose() {
      disposed = true;
      telling.stop();
      coverage.stop();
      fetching.stop();
      serving.stop();
      giving.stop();
      deps.released(id, peer);
    },
  };
}
