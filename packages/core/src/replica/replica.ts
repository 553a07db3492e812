/**
 * One space as this node holds it: its control log and state, its feeds, and the one way in for events, whoever wrote
 * them (spec/03-events.md, Receiving). Every call that stores runs in one transaction of the store.
 */
import {
  type AccountId,
  type ChannelId,
  type DeviceId,
  type EventId,
  type Header,
  type SpaceId,
  decodeHeader,
  hasCriticalExtension,
  hlcAt,
  isControl,
  zeroId,
} from "@multichat/protocol";
import { contentKind } from "../content/kinds.ts";
import { type ControlLog, createControlLog } from "../control/log.ts";
import { createResolver } from "../control/resolve.ts";
import { controlLimits, createControlShares } from "../control/shares.ts";
import { boundAccount, grantsAt } from "../control/standing.ts";
import type { ControlState } from "../control/state.ts";
import { type Event, openEvent, verifyEvent } from "../events/event.ts";
import type { Crypto, Store, StoredEvent, TimelineEntry } from "../ports/index.ts";
import { count } from "../holdings/ranges.ts";
import { mayRead, membershipSeen } from "./audience.ts";
import { createContentStanding } from "./content-standing.ts";
import { type Deletions, createDeletions } from "./deletions.ts";
import { digest } from "./digest.ts";
import { type Feeds, createFeeds, lastSeq } from "./feeds.ts";
import { type Fork, type Placed, forkAround, precedes, twins } from "./forks.ts";
import { createHidden } from "./hidden.ts";
import { type Pending, createPending } from "./pending.ts";
import { createProofs } from "./proofs.ts";

/** A control event further ahead of the clock than this waits; content is shown at its arrival instead. */
export const maxAhead = 5 * 60_000;

/** Events this device has just signed need no verifying, nor do those that waited here: they were verified before. */
export type Origin = "self" | "peer" | "waiting";

export interface Received {
  /** Stored just now, in the order given. */
  accepted: Event[];
  /** Timeline entries made for them. */
  shown: TimelineEntry[];
  /** No longer to be shown: content of a feed from where it forked, or that no longer stands. */
  hidden: { channel: ChannelId; ids: EventId[] }[];
  /** Shown again: content that stands after all. Stored before. */
  restored: TimelineEntry[];
  /** Own messages that others no longer accept, or do again: they stay in sight. */
  changed: { channel: ChannelId; ids: EventId[] }[];
  /** Control ancestors and fork proofs to ask for by id. */
  wanted: EventId[];
  refused: { id: EventId; device: DeviceId; why: string }[];
  /** Left out for now, however good: more than may come at once. To be asked for again. */
  postponed: number;
  controlChanged: boolean;
  /** Feeds newly found to fork, or earlier than was known. */
  forked: { channel: ChannelId; device: DeviceId }[];
  /** Signed by this device, and not by this node: another runs on a copy of its data, or newer data than this was lost. */
  foreign: EventId[];
}

export function nothingReceived(): Received {
  return { accepted: [], shown: [], hidden: [], restored: [], changed: [], wanted: [], refused: [], postponed: 0, controlChanged: false, forked: [], foreign: [] };
}

export interface Replica {
  readonly space: SpaceId;
  readonly log: ControlLog;
  readonly feeds: Feeds;
  readonly pending: Pending;
  readonly deletions: Deletions;
  /** Null until a genesis that stands is held. */
  state(): ControlState | null;
  /** Takes events in, with a stamp of now (ms) by the corrected clock. Events already held are ignored. */
  receive(events: readonly Event[], now: number, origin: Origin): Received;
  /** Tries what was waiting for its time again. */
  retryPending(now: number): Received;
  /** When the first control event that waits for its time is due, ms; null if none waits. */
  nextDue(): number | null;
  /** SHA-256 over all that is held (spec/06-sync.md). */
  digest(): Uint8Array;
  /** Records changed: the digest must be made anew. */
  touch(): void;
  /** Why others do not accept an event that is held here; null if they do. */
  refusal(id: EventId): string | null;
  /** Whether this device may be given an event of this header (spec/06-sync.md, Audience). */
  mayRead(device: DeviceId, header: Header): boolean;
  /** A number that is the same for events of a feed between which the device's being a member did not change. */
  membershipSeen(device: DeviceId, header: Header): number;
  /** Everything before this time is history, not news. */
  setJoinedAt(ms: number): void;
}

export interface ReplicaDeps {
  store: Store;
  crypto: Crypto;
  /** This device, and its account. */
  self: { device: DeviceId; account: AccountId };
  /** Whose messages are no news to this account. */
  isSilent?(account: AccountId): boolean;
}

export function createReplica(deps: ReplicaDeps, space: SpaceId, joinedAtMs: number): Replica {
  const { store, crypto, self } = deps;
  const log = createControlLog(space);
  const proofs = createProofs(store, log);
  const resolver = createResolver(crypto, log, { prove: proofs.prove });
  const feeds = createFeeds(store.holdings(space));
  const pending = createPending();
  const shares = createControlShares();
  /** Control events held of each device, all branches. */
  const controlEvents = new Map<DeviceId, number>();
  let joinedAt = joinedAtMs;
  let digestCache: Uint8Array | null = null;

  for (const stored of store.channelEvents(space)) {
    const opened = openEvent(crypto, stored);
    if (opened.ok && log.add(opened.value).added) countControl(opened.value);
  }
  proofs.trustLog();
  for (const { value } of store.settings(forkPrefix(space))) {
    const { channel, device, ...fork } = JSON.parse(value) as Fork & { channel: ChannelId; device: DeviceId };
    feeds.cutAt(channel, device, fork);
  }
  branchControlFeeds();
  const deletions = createDeletions(store, space);
  const hidden = createHidden(store, space);
  for (const event of hidden.all()) if (event.settled) feeds.tell(event, false);
  const standing = createContentStanding({ store, space, log, feeds, hidden, self, state: () => resolver.state(), behindFork });
  // What was stored has been judged by what was stored.
  resolver.changes();

  function countControl({ header }: Event): void {
    controlEvents.set(header.device, (controlEvents.get(header.device) ?? 0) + 1);
  }

  const currentState = (): ControlState | null => resolver.state();

  function receive(events: readonly Event[], now: number, origin: Origin): Received {
    const out = nothingReceived();
    const logSize = log.events().length;
    store.transaction(() => {
      const batch = createBatch();
      take(events, now, origin, out, batch);
      // New control events may be what others were waiting for; each of those can free the next.
      for (let next = logSize; next < log.events().length; next++) take(pending.takeFreed(log.events()[next]!.id), now, "waiting", out, batch);
      commit(batch, out);
      if (log.events().length !== logSize) judgeAgain(now, out);
    });
    out.controlChanged = log.events().length !== logSize;
    if (out.accepted.length > 0) digestCache = null;
    return out;
  }

  /** What stands changed: for what was stored before, too. */
  function judgeAgain(now: number, out: Received): void {
    const found = standing.rejudge(resolver.changes());
    for (const { channel, ids } of found.hidden) store.removeTimeline(channel, ids);
    out.hidden.push(...found.hidden);
    out.changed.push(...found.changed);
    out.restored.push(...found.restored.flatMap(({ header, id }, i) => timelineEntry({ header, id }, now, i)));
    if (out.restored.length > 0) store.putTimeline(out.restored);
    const gone = new Set(found.hidden.flatMap(({ ids }) => ids));
    out.shown = out.shown.filter(({ id }) => !gone.has(id));
  }

  /** Judges each event; what stands goes into `batch`. */
  function take(events: readonly Event[], now: number, origin: Origin, out: Received, batch: Batch): void {
    for (const event of events) {
      const verdict = judge(event, now, origin, out, batch);
      if (verdict === "accepted") {
        const { channel, device, seq } = place(event);
        const fork = feedFork(event, batch);
        batch.add(event);
        out.accepted.push(event);
        feeds.add({ channel, device, seq, id: event.id });
        deletions.note(event);
        if (fork !== null) markFork(event, fork, out);
        if (!isControlEvent(event) && hidden.get(event.id) === null) out.shown.push(...timelineEntry(event, now, out.shown.length));
      } else if (verdict !== "known") {
        out.refused.push({ id: event.id, device: event.header.device, why: verdict.why });
      }
    }
  }

  function judge(event: Event, now: number, origin: Origin, out: Received, batch: Batch): Verdict {
    const { header, wire } = event;
    const { channel, device, seq } = place(event);
    if (batch.has(event)) return "known";
    if (pending.has(event.id)) {
      out.wanted.push(...unknownHeads(event));
      return "known";
    }
    if (feeds.holds(channel, device, seq) && store.hasEvent(event.id)) return "known";
    if (header.space !== space && event.id !== space) return { why: "for another space" };
    if (wire.payload === null && deletions.of(event.id).length === 0) return { why: "without its payload" };
    const control = isControlEvent(event);
    const fork = control ? null : (feeds.get(channel, device)?.fork ?? null);
    if (fork?.ids.includes(event.id)) return "known";
    if (fork !== null && seq > fork.seq + 1) return { why: "from a device that contradicted itself" };
    if (origin === "peer") {
      if (!verifyEvent(crypto, event)) return { why: "wrongly signed" };
      if (device === self.device) out.foreign.push(event.id);
    }
    if (!control && feeds.isGapTooMany(channel, device, seq)) return { why: "from a feed with too many gaps" };
    const waiting = waits(event, now, origin, out);
    if (waiting !== null) return waiting;
    const problem = control ? judgeControl(event) : judgeContentEvent(event, now, origin);
    if (problem !== null) return { why: problem };
    // Control branches stay whole, whoever made them: others may have acted on either.
    if (control || fork === null || seq < fork.seq) return "accepted";
    const found = feedFork(event, batch);
    return found !== null && precedes(found, fork) ? "accepted" : { why: "from a device that contradicted itself" };
  }

  function waits(event: Event, now: number, origin: Origin, out: Received): Verdict | null {
    const missing = unknownHeads(event);
    const early = isControlEvent(event) && event.header.hlc > hlcAt(now + maxAhead);
    if (missing.length === 0 && !early) return null;
    // Nobody would take it before its time, and what this device writes next would stand on it.
    if (origin === "self") return { why: "stamped ahead of its time: the clock was set back, or an earlier change was made with a wrong one" };
    out.wanted.push(...missing.filter((id) => !pending.has(id)));
    const { device } = event.header;
    pending.add(event, currentState()?.bindingsOf.has(device) ? device : "strangers", missing[0] ?? null);
    return "known";
  }

  function unknownHeads(event: Event): EventId[] {
    return event.header.ctl.filter((id) => !log.has(id));
  }

  /** Only bound devices may write here, but for those who ask to be let in. */
  function judgeControl(event: Event): string | null {
    const { header } = event;
    if (event.id !== space) {
      const known = currentState();
      if (known === null) return "for a space without a beginning";
      const account = boundAccount(log, known, header.ctl, header.device);
      const member = account !== null && grantsAt(log, known, header.ctl, account).length > 0;
      if (!member && header.kind !== "join" && header.kind !== "device.bind") return account === null ? "from a device that is not bound" : "from a device whose account has left";
      const share = shares.problem(log, known, event);
      if (share !== null) return share;
      const feed = feeds.get(space, header.device);
      const branches = feed === null ? 0 : controlEvents.get(header.device)! - count(feed.ranges);
      if (branches >= controlLimits.branches) return "from a device that contradicts itself again and again";
      // Where it must stand to be kept: nobody outside can make the log grow, nor a member without end.
      const why = member && !shares.mustStand(log, known, event) ? null : resolver.problemOf(event);
      if (why !== null) return why;
    }
    if (!log.add(event).added) return "a second beginning";
    countControl(event);
    return null;
  }

  /** What may yet stand is kept, without being shown. */
  function judgeContentEvent(event: Event, now: number, origin: Origin): string | null {
    const { header, id, wire } = event;
    const kind = contentKind(header.kind);
    if (!hasCriticalExtension(header) && wire.payload !== null) {
      const valid = kind.validate(wire.payload);
      if (!valid.ok) return valid.error;
    }
    const judged = standing.judge(header, id, now + maxAhead);
    if (judged.stands) return null;
    const account = currentState()?.judged.facts.grants.get(header.auth)?.account ?? null;
    if (origin === "self" || judged.hope === "never" || (header.device !== self.device && !hidden.hasRoom(account))) return judged.why;
    standing.hide(header, id, judged.why, false);
    return null;
  }

  /** What contradicts this event, of those held of its feed. */
  function feedFork(event: Event, batch: Batch): Fork | null {
    const { channel, device, seq } = place(event);
    const feed = feeds.get(channel, device);
    if (feed === null) return null;
    if (isControlEvent(event)) {
      if (!feeds.holds(channel, device, seq)) return null;
      return twins(seq, log.events().filter((other) => other.header.device === device && other.header.seq === seq).map(({ id }) => id));
    }
    const placed = { id: event.id, prev: event.header.prev };
    // The usual case: the next of a feed that ends with its predecessor.
    if (seq === lastSeq(feed) + 1 && feed.tip === placed.prev) return null;
    const around = (wanted: number): Placed[] => (feeds.holds(channel, device, wanted) ? held(channel, device, wanted, batch) : []);
    return forkAround(placed, seq, { at: around(seq), before: around(seq - 1), after: around(seq + 1) });
  }

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

  function markFork(event: Event, fork: Fork, out: Received): void {
    const { channel, device } = place(event);
    const known = feeds.get(channel, device)?.fork ?? null;
    if (isControlEvent(event)) branchControlFeeds();
    else if (precedes(fork, known)) {
      feeds.cutAt(channel, device, fork);
      store.putSetting(`${forkPrefix(space)}${channel}/${device}`, JSON.stringify({ channel, device, ...fork }));
      const gone = store.feedEvents(channel, device, fork.seq, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER).map(({ id }) => id);
      if (gone.length > 0) out.hidden.push({ channel, ids: gone });
    }
    if (feeds.get(channel, device)?.fork?.ids.join() !== known?.ids.join()) out.forked.push({ channel, device });
  }

  /** Rows of the control log name the same of several branches on every node, whichever came first. */
  function branchControlFeeds(): void {
    const bySeq = new Map<DeviceId, Map<number, EventId[]>>();
    for (const event of log.events()) {
      const { device, seq } = place(event);
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

  function commit(batch: Batch, out: Received): void {
    if (batch.events.length > 0) {
      const arrivals = store.putEvents(batch.events.map(toStored));
      batch.events.forEach((event, i) => {
        const { channel, device } = place(event);
        feeds.arrived(channel, device, arrivals[i]!);
      });
    }
    out.shown = out.shown.filter(({ id }) => !behindFork(batch.get(id)!.header, id));
    if (out.shown.length > 0) store.putTimeline(out.shown);
    for (const { channel, ids } of out.hidden) store.removeTimeline(channel, ids);
  }

  function behindFork(header: Header, id: EventId): boolean {
    const fork = feeds.get(header.channel as ChannelId, header.device)?.fork;
    return fork != null && header.seq >= fork.seq && !standing.isPicked(header, id);
  }

  function timelineEntry({ header, id }: Pick<Event, "header" | "id">, now: number, index: number): TimelineEntry[] {
    const channel = header.channel as ChannelId;
    if (behindFork(header, id) || !contentKind(header.kind).shown) return [];
    const early = header.hlc > hlcAt(now + maxAhead);
    const time = early ? hlcAt(now) + BigInt(index) : header.hlc;
    if (early) store.putSetting(`early/${id}`, JSON.stringify({ space, channel, due: Number(header.hlc >> 16n) }));
    const author = currentState()?.devices.get(header.device);
    const own = header.device === self.device || author === self.account;
    const isSilent = author !== undefined && (deps.isSilent?.(author) ?? false);
    const news = !own && !isSilent && header.hlc >= hlcAt(joinedAt);
    const readTo = store.setting(`read/${channel}`);
    const late = news && readTo !== null && header.hlc < BigInt(readTo.split("/")[0]!);
    return [{ channel, id, time, unread: news, late }];
  }

  return {
    space,
    log,
    feeds,
    pending,
    deletions,
    state: currentState,
    receive,
    retryPending: (now) => receive(pending.takeDue(hlcAt(now + maxAhead)), now, "waiting"),
    nextDue: () => pending.firstStamp(),
    refusal: (id) => hidden.get(id)?.why ?? null,
    mayRead(device, header) {
      const known = currentState();
      return known !== null && mayRead(log, known, device, header);
    },
    membershipSeen(device, header) {
      const known = currentState();
      return known === null ? 0 : membershipSeen(log, known, device, header);
    },
    digest: () => (digestCache ??= digest(crypto, store, feeds, currentState(), space)),
    touch() {
      digestCache = null;
    },
    setJoinedAt(ms) {
      joinedAt = ms;
    },
  };

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

type Verdict = "accepted" | "known" | { why: string };

/** Accepted in this call and not yet in the store. */
interface Batch {
  readonly events: readonly Event[];
  add(event: Event): void;
  get(id: EventId): Event | undefined;
  has(event: Event): boolean;
  at(channel: ChannelId, device: DeviceId, seq: number): Event[];
}

function createBatch(): Batch {
  const byId = new Map<EventId, Event>();
  const bySlot = new Map<string, Event[]>();
  const events: Event[] = [];
  return {
    events,
    add(event) {
      const { channel, device, seq } = event.header;
      const slot = `${channel}${device}${seq}`;
      events.push(event);
      byId.set(event.id, event);
      bySlot.set(slot, [...(bySlot.get(slot) ?? []), event]);
    },
    get: (id) => byId.get(id),
    has: ({ id }) => byId.has(id),
    at: (channel, device, seq) => bySlot.get(`${channel}${device}${seq}`) ?? [],
  };
}

function forkPrefix(space: SpaceId): string {
  return `fork/${space}/`;
}
