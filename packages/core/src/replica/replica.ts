/**
 * One space as this node holds it: its control log and state, its feeds, and the one way in for events, whoever wrote
 * them (spec/03-events.md, Receiving). Every call that stores runs in one transaction of the store.
 */
import {
  type AccountId,
  type ChannelId,
  type DeviceId,
  type EventId,
  type SpaceId,
  hasCriticalExtension,
  hlcAt,
  isControl,
  zeroId,
} from "@multichat/protocol";
import { contentKind } from "../content/kinds.ts";
import { judgeContent } from "../control/judge-content.ts";
import { type ControlLog, createControlLog } from "../control/log.ts";
import { judgeAlone, resolve } from "../control/resolve.ts";
import { boundAccount } from "../control/standing.ts";
import type { ControlState } from "../control/state.ts";
import { type Event, openEvent, verifyEvent } from "../events/event.ts";
import type { Crypto, Store, StoredEvent, TimelineEntry } from "../ports/index.ts";
import { digest } from "./digest.ts";
import { type Feeds, createFeeds, lastSeq } from "./feeds.ts";
import { type Pending, createPending } from "./pending.ts";

/** A control event further ahead of the clock than this waits; content is shown at its arrival instead. */
export const maxAhead = 5 * 60_000;

/** Events this device has just signed need no verifying. */
export type Origin = "self" | "peer";

export interface Received {
  /** Stored just now, in the order given. */
  accepted: Event[];
  /** Timeline entries made for them. */
  shown: TimelineEntry[];
  /** No longer to be shown: content of a feed from where it forked. */
  hidden: { channel: ChannelId; ids: EventId[] }[];
  /** Control ancestors and fork proofs to ask for by id. */
  wanted: EventId[];
  refused: { id: EventId; device: DeviceId; why: string }[];
  controlChanged: boolean;
  /** Feeds newly found to fork. */
  forked: { channel: ChannelId; device: DeviceId }[];
}

export interface Replica {
  readonly space: SpaceId;
  readonly log: ControlLog;
  readonly feeds: Feeds;
  readonly pending: Pending;
  /** Null until a genesis that stands is held. */
  state(): ControlState | null;
  /** Takes events in, with a stamp of now (ms) by the corrected clock. Events already held are ignored. */
  receive(events: readonly Event[], now: number, origin: Origin): Received;
  /** Tries what was waiting for its time again. */
  retryPending(now: number): Received;
  /** SHA-256 over all that is held (spec/06-sync.md). */
  digest(): Uint8Array;
  /** Records changed: the digest must be made anew. */
  touch(): void;
  /** Everything before this time is history, not news. */
  setJoinedAt(ms: number): void;
}

export interface ReplicaDeps {
  store: Store;
  crypto: Crypto;
  /** This device, and its account. */
  self: { device: DeviceId; account: AccountId };
}

export function createReplica(deps: ReplicaDeps, space: SpaceId, joinedAtMs: number): Replica {
  const { store, crypto, self } = deps;
  const log = createControlLog(space);
  const feeds = createFeeds(store.holdings(space));
  const pending = createPending();
  let joinedAt = joinedAtMs;
  let state: ControlState | null = null;
  let stateSize = -1;
  let digestCache: Uint8Array | null = null;

  for (const stored of store.channelEvents(space)) {
    const opened = openEvent(crypto, stored);
    if (opened.ok) log.add(opened.value);
  }
  for (const { key, value } of store.settings(forkPrefix(space))) {
    const { channel, device, seq, ids } = JSON.parse(value) as { channel: ChannelId; device: DeviceId; seq: number; ids: EventId[] };
    if (key !== "") feeds.setFork(channel, device, seq, ids);
  }

  function currentState(): ControlState | null {
    if (stateSize !== log.events().length) {
      state = resolve(crypto, log);
      stateSize = log.events().length;
    }
    return state;
  }

  function receive(events: readonly Event[], now: number, origin: Origin): Received {
    const out: Received = {
      accepted: [], shown: [], hidden: [], wanted: [], refused: [], controlChanged: false, forked: [],
    };
    const logSize = log.events().length;
    store.transaction(() => {
      const batch: StoredEvent[] = [];
      take(events, now, origin, out, batch);
      if (log.events().length !== logSize) {
        // New control events may be what others were waiting for; each round can free the next.
        let before: number;
        do {
          before = log.events().length;
          take(pending.take(), now, "peer", out, batch);
        } while (log.events().length !== before && pending.size() > 0);
      }
      commit(batch, out);
    });
    out.controlChanged = log.events().length !== logSize;
    if (out.accepted.length > 0) digestCache = null;
    return out;
  }

  /** Judges each event; what stands goes into `batch`. */
  function take(events: readonly Event[], now: number, origin: Origin, out: Received, batch: StoredEvent[]): void {
    const inBatch = new Map<string, EventId>();
    for (const event of events) {
      const verdict = judge(event, now, origin, out, inBatch);
      if (verdict === "accepted") {
        inBatch.set(slot(event), event.id);
        out.accepted.push(event);
        batch.push(toStored(event));
        const { channel, device, seq } = place(event);
        feeds.add({ channel, device, seq, id: event.id }, 0);
        if (!isControlEvent(event)) out.shown.push(...timelineEntry(event, now));
      } else if (verdict !== "known") {
        out.refused.push({ id: event.id, device: event.header.device, why: verdict.why });
      }
    }
  }

  function judge(
    event: Event,
    now: number,
    origin: Origin,
    out: Received,
    inBatch: Map<string, EventId>,
  ): "accepted" | "known" | { why: string } {
    const { header, wire } = event;
    if (inBatch.get(slot(event)) === event.id || pending.has(event.id)) return "known";
    const { channel, device, seq } = place(event);
    if (feeds.holds(channel, device, seq) && store.hasEvent(event.id)) return "known";
    if (header.space !== space && event.id !== space) return { why: "for another space" };
    if (wire.payload === null) return { why: "without its payload" };
    const fork = feeds.get(channel, device)?.fork ?? null;
    if (fork !== null && seq > fork.seq) return { why: "from a device that contradicted itself" };
    if (fork !== null && seq === fork.seq) return fork.ids.includes(event.id) ? "known" : { why: "a third branch" };
    if (origin === "peer" && !verifyEvent(crypto, event)) return { why: "wrongly signed" };
    if (waits(event, now, out)) {
      pending.add(event);
      return "known";
    }
    const control = isControlEvent(event);
    const problem = control ? judgeControl(event) : judgeContentEvent(event);
    if (problem !== null) return { why: problem };
    // Control branches stay whole, whoever made them: others may have acted on either.
    return control ? "accepted" : checkFork(event, out, inBatch);
  }

  function waits(event: Event, now: number, out: Received): boolean {
    const missing = event.header.ctl.filter((id) => !log.has(id));
    if (missing.length > 0) {
      out.wanted.push(...missing.filter((id) => !pending.has(id)));
      return true;
    }
    return isControlEvent(event) && event.header.hlc > hlcAt(now + maxAhead);
  }

  /** Only bound devices may write here, but for those who ask to be let in. */
  function judgeControl(event: Event): string | null {
    const { header } = event;
    if (event.id !== space) {
      const known = currentState();
      if (known === null) return "for a space without a beginning";
      const bound = boundAccount(log, known, header.ctl, header.device) !== null;
      if (!bound && header.kind !== "join" && header.kind !== "device.bind") return "from a device that is not bound";
      // A stranger's event that does not stand is not kept: nobody outside can make the log grow.
      const why = bound ? null : judgeAlone(crypto, log, known, event);
      if (why !== null) return why;
    }
    return log.add(event).added ? null : "a second beginning";
  }

  function judgeContentEvent(event: Event): string | null {
    const known = currentState();
    if (known === null) return "for a space without a beginning";
    const kind = contentKind(event.header.kind);
    const judged = judgeContent(log, known, event.header, kind.permission);
    if (!judged.stands) return judged.why;
    if (!hasCriticalExtension(event.header) && event.wire.payload !== null) {
      const valid = kind.validate(event.wire.payload);
      if (!valid.ok) return valid.error;
    }
    return null;
  }

  /** A second event at one seq, or a chain that does not fit: both are kept as proof, and nothing after them. */
  function checkFork(event: Event, out: Received, inBatch: Map<string, EventId>): "accepted" | { why: string } {
    const { channel, device, seq } = place(event);
    const feed = feeds.get(channel, device);
    if (feed === null) return "accepted";
    const at = (wanted: number): EventId | undefined => {
      if (wanted === lastSeq(feed)) return feed.tip;
      return inBatch.get(`${channel}${device}${wanted}`) ?? store.eventsAt(channel, device, wanted)[0]?.id;
    };
    if (feeds.holds(channel, device, seq)) {
      const other = at(seq);
      if (other !== undefined && other !== event.id) markFork(channel, device, seq, [other, event.id], out);
      return "accepted";
    }
    if (seq > 1 && feeds.holds(channel, device, seq - 1)) {
      const before = at(seq - 1);
      if (before !== undefined && before !== event.header.prev) {
        out.wanted.push(event.header.prev);
        return { why: "contradicts what its device wrote before" };
      }
    }
    if (feeds.holds(channel, device, seq + 1)) {
      const [after] = store.eventsAt(channel, device, seq + 1);
      const opened = after === undefined ? null : openEvent(crypto, after);
      if (opened?.ok && opened.value.header.prev !== event.id) out.wanted.push(opened.value.header.prev);
    }
    return "accepted";
  }

  function markFork(channel: ChannelId, device: DeviceId, seq: number, ids: EventId[], out: Received): void {
    feeds.setFork(channel, device, seq, ids);
    store.putSetting(`${forkPrefix(space)}${channel}/${device}`, JSON.stringify({ channel, device, seq, ids }));
    out.forked.push({ channel, device });
    const gone = store.feedEvents(channel, device, seq, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER).map(({ id }) => id);
    gone.push(...ids.filter((id) => !gone.includes(id)));
    out.hidden.push({ channel, ids: gone });
  }

  function commit(batch: StoredEvent[], out: Received): void {
    if (batch.length > 0) {
      const arrivals = store.putEvents(batch);
      batch.forEach(({ channel, device, seq, id }, i) => feeds.add({ channel, device, seq, id }, arrivals[i]!));
    }
    const hidden = new Set(out.hidden.flatMap(({ ids }) => ids));
    out.shown = out.shown.filter(({ id }) => !hidden.has(id));
    if (out.shown.length > 0) store.putTimeline(out.shown);
    for (const { channel, ids } of out.hidden) store.removeTimeline(channel, ids);
  }

  function timelineEntry(event: Event, now: number): TimelineEntry[] {
    const { header, id } = event;
    const channel = header.channel;
    if (feeds.get(channel, header.device)?.fork != null) return [];
    const early = header.hlc > hlcAt(now + maxAhead);
    const time = early ? hlcAt(now) : header.hlc;
    if (early) store.putSetting(`early/${id}`, JSON.stringify({ space, channel, due: Number(header.hlc >> 16n) }));
    const own = header.device === self.device || currentState()?.devices.get(header.device) === self.account;
    const news = !own && header.hlc >= hlcAt(joinedAt);
    const readTo = store.setting(`read/${channel}`);
    const late = news && readTo !== null && header.hlc < BigInt(readTo.split("/")[0]!);
    return [{ channel, id, time, unread: news, late }];
  }

  return {
    space,
    log,
    feeds,
    pending,
    state: currentState,
    receive,
    retryPending: (now) => receive(pending.take(), now, "peer"),
    digest: () => (digestCache ??= digest(crypto, store, feeds, currentState(), space)),
    touch() {
      digestCache = null;
    },
    setJoinedAt(ms) {
      joinedAt = ms;
    },
  };

  function slot(event: Event): string {
    const { channel, device, seq } = place(event);
    return `${channel}${device}${seq}`;
  }

  /** The genesis names no space; its place is the first of the control log it begins. */
  function place(event: Event): { channel: ChannelId; device: DeviceId; seq: number } {
    const { channel, device, seq } = event.header;
    return { channel: channel === zeroId ? space : channel, device, seq };
  }

  function isControlEvent(event: Event): boolean {
    return event.id === space || isControl(event.header);
  }

  function toStored(event: Event): StoredEvent {
    const { channel, device, seq } = place(event);
    const { hlc, kind } = event.header;
    return { id: event.id, space, channel, device, seq, hlc, kind, ...event.wire };
  }
}

function forkPrefix(space: SpaceId): string {
  return `fork/${space}/`;
}
