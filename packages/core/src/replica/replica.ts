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
} from "@multichat/protocol";
import { expiryOf } from "../content/expiry.ts";
import { extFits } from "../content/ext.ts";
import { contentKind, threadOf } from "../content/kinds.ts";
import { subjectOf } from "../content/subject.ts";
import { type ControlLog, createControlLog } from "../control/log.ts";
import { createResolver } from "../control/resolve.ts";
import type { ControlState } from "../control/state.ts";
import { type Event, openEvent, verifyEvent } from "../events/event.ts";
import type { Crypto, Store, TimelineEntry } from "../ports/index.ts";
import { annotationOf } from "./annotations.ts";
import { mayRead, membershipSeen } from "./audience.ts";
import { namedBlobs } from "../files/named-blobs.ts";
import { type Batch, createBatch } from "./batch.ts";
import { createContentStanding } from "./content-standing.ts";
import { createControlDoor } from "./control-door.ts";
import { type Deletions, createDeletions } from "./deletions.ts";
import { digest } from "./digest.ts";
import { type Feeds, createFeeds } from "./feeds.ts";
import { createForkWatch } from "./fork-watch.ts";
import { precedes } from "./forks.ts";
import { createHidden } from "./hidden.ts";
import { type Pending, createPending } from "./pending.ts";
import { asStored, isControlIn, placeIn } from "./places.ts";
import { createProofs } from "./proofs.ts";
import { type Received, nothingReceived } from "./received.ts";
import { createThreadHeads } from "./thread-heads.ts";
import { type TimelineDeps, maxAhead, timelineEntries } from "./timeline-entries.ts";

/** Events this device has just signed need no verifying, nor do those that waited here: they were verified before. */
export type Origin = "self" | "peer" | "waiting";

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

/** A payload that is gone a little early by this clock is believed to have expired by another. */
const clockTolerance = 5 * 60_000;

export function createReplica(deps: ReplicaDeps, space: SpaceId, joinedAtMs: number): Replica {
  const { store, crypto, self } = deps;
  const log = createControlLog(space);
  const proofs = createProofs(store, log);
  const resolver = createResolver(crypto, log, { prove: proofs.prove });
  const feeds = createFeeds(store.holdings(space));
  const pending = createPending();
  let joinedAt = joinedAtMs;
  let digestCache: Uint8Array | null = null;

  for (const stored of store.channelEvents(space)) {
    const opened = openEvent(crypto, stored);
    if (opened.ok) log.add(opened.value);
  }
  proofs.trustLog();
  const door = createControlDoor({ space, log, resolver, feeds });
  const forks = createForkWatch({ store, space, log, feeds });
  const deletions = createDeletions(store, space);
  const hidden = createHidden(store, space);
  for (const event of hidden.all()) if (event.settled) feeds.tell(event, false);
  const standing = createContentStanding({ store, space, log, feeds, hidden, self, state: () => resolver.state(), behindFork });
  // What was stored has been judged by what was stored.
  resolver.changes();

  const currentState = (): ControlState | null => resolver.state();
  /** What is being taken in, which is not in the store yet. */
  let coming: Batch | null = null;
  const heads = createThreadHeads({ store, crypto }, space, (id) => (coming?.get(id)?.header.channel as ChannelId | undefined) ?? null);
  const timeline: TimelineDeps = { store, crypto, space, log, self, heads, state: currentState, joinedAt: () => joinedAt, ...(deps.isSilent && { isSilent: deps.isSilent }) };

  function receive(events: readonly Event[], now: number, origin: Origin): Received {
    const out = nothingReceived();
    const logSize = log.events().length;
    store.transaction(() => {
      const batch = createBatch();
      coming = batch;
      take(events, now, origin, out, batch);
      // New control events may be what others were waiting for; each of those can free the next.
      for (let next = logSize; next < log.events().length; next++) take(pending.takeFreed(log.events()[next]!.id), now, "waiting", out, batch);
      commit(batch, out);
      coming = null;
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
    out.restored.push(...found.restored.flatMap((one, i) => entriesOf(one, one.payload, now, i)));
    if (out.restored.length > 0) store.putTimeline(out.restored);
    withdraw(found.withdrawn, out);
    annotate(found.restored, out);
    const gone = new Set(found.hidden.flatMap(({ ids }) => ids));
    out.shown = out.shown.filter(({ id }) => !gone.has(id));
  }

  /** Judges each event; what stands goes into `batch`. */
  function take(events: readonly Event[], now: number, origin: Origin, out: Received, batch: Batch): void {
    for (const given of events) {
      const event = isControlIn(space, given) || !isOver(given.header, now) ? given : withoutPayload(given);
      const verdict = judge(event, now, origin, out, batch);
      if (verdict === "accepted") {
        const { channel, device, seq } = placeIn(space, event);
        const fork = forks.find(event, batch);
        batch.add(event);
        out.accepted.push(event);
        feeds.add({ channel, device, seq, id: event.id });
        deletions.note(event);
        if (fork !== null) {
          const { gone, isNews } = forks.mark(event, fork);
          out.hidden.push(...placesOf(gone));
          withdraw(gone, out);
          if (isNews) out.forked.push({ channel, device });
        }
        if (!isControlIn(space, event) && hidden.get(event.id) === null) out.shown.push(...entriesOf(event, event.wire.payload, now, out.shown.length));
      } else if (verdict !== "known") {
        out.refused.push({ id: event.id, device: event.header.device, why: verdict.why });
      }
    }
  }

  function judge(event: Event, now: number, origin: Origin, out: Received, batch: Batch): Verdict {
    const { header, wire } = event;
    const { channel, device, seq } = placeIn(space, event);
    if (batch.has(event)) return "known";
    if (pending.has(event.id)) {
      out.wanted.push(...unknownHeads(event));
      return "known";
    }
    if (feeds.holds(channel, device, seq) && store.hasEvent(event.id)) return "known";
    if (header.space !== space && event.id !== space) return { why: "for another space" };
    const control = isControlIn(space, event);
    if (wire.payload === null && (control || !mayLack(event, now))) return { why: "without its payload" };
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
    const problem = control ? door.take(event) : judgeContentEvent(event, now, origin);
    if (problem !== null) return { why: problem };
    // Control branches stay whole, whoever made them: others may have acted on either.
    if (control || fork === null || seq < fork.seq) return "accepted";
    const found = forks.find(event, batch);
    return found !== null && precedes(found, fork) ? "accepted" : { why: "from a device that contradicted itself" };
  }

  /** Its payload may be gone for good: it, or what it is about, was taken back or has expired. Others' clocks may be ahead a little. */
  function mayLack({ header, id }: Event, now: number): boolean {
    if (deletions.of(id).length > 0 || isOver(header, now + clockTolerance)) return true;
    const subject = contentKind(header.kind).place === null ? subjectOf(header) : null;
    return subject !== null && (deletions.of(subject).length > 0 || isGone(subject, now + clockTolerance));
  }

  function isGone(id: EventId, now: number): boolean {
    const event = store.event(id);
    const header = event === null ? null : decodeHeader(event.header);
    return header !== null && header.ok && isOver(header.value, now);
  }

  /** It has expired, or what it says something about has. */
  function isOver(header: Header, now: number): boolean {
    const known = currentState();
    if (known === null) return false;
    const at = expiryOf(known, header);
    if (at !== null && at <= now) return true;
    const subject = contentKind(header.kind).place === null ? subjectOf(header) : null;
    return subject !== null && isGone(subject, now);
  }

  function waits(event: Event, now: number, origin: Origin, out: Received): Verdict | null {
    const missing = unknownHeads(event);
    const early = isControlIn(space, event) && event.header.hlc > hlcAt(now + maxAhead);
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

  /** What may yet stand is kept, without being shown. */
  function judgeContentEvent(event: Event, now: number, origin: Origin): string | null {
    const { header, id, wire } = event;
    const kind = contentKind(header.kind);
    if (!hasCriticalExtension(header) && wire.payload !== null) {
      const valid = kind.validate(wire.payload);
      if (!valid.ok) return valid.error;
      if (kind.known && !extFits(header, wire.payload, valid.value)) return "its header does not say what belongs to its payload";
    }
    const judged = standing.judge(header, id, now + maxAhead);
    if (judged.stands) return null;
    const account = currentState()?.judged.facts.grants.get(header.auth)?.account ?? null;
    if (origin === "self" || judged.hope === "never" || (header.device !== self.device && !hidden.hasRoom(account))) return judged.why;
    standing.hide(header, id, judged.why, false);
    return null;
  }

  function commit(batch: Batch, out: Received): void {
    if (batch.events.length > 0) {
      const arrivals = store.putEvents(batch.events.map((event) => asStored(space, event)));
      batch.events.forEach((event, i) => {
        const { channel, device } = placeIn(space, event);
        feeds.arrived(channel, device, arrivals[i]!);
      });
      const named = batch.events.flatMap(namedBlobs);
      if (named.length > 0) store.putBlobNames(named);
    }
    out.shown = out.shown.filter(({ id }) => !behindFork(batch.get(id)!.header, id));
    if (out.shown.length > 0) store.putTimeline(out.shown);
    annotate(batch.events.filter((event) => !isControlIn(space, event) && hidden.get(event.id) === null).map(({ header, id, wire }) => ({ header, id, payload: wire.payload })), out);
    for (const { channel, ids } of out.hidden) store.removeTimeline(channel, ids);
    for (const { id, header } of batch.events) if (contentKind(header.kind).place !== null && header.channel !== space) claimThread(id, header.channel as ChannelId, out);
  }

  /** What was in its thread before it came, and is none of its channel's. */
  function claimThread(id: EventId, channel: ChannelId, out: Received): void {
    const foreign = heads.claim(channel, id);
    if (foreign.length === 0) return;
    out.hidden.push({ channel: threadOf(crypto, id), ids: foreign.map((entry) => entry.id) });
    const isNew = new Set(out.accepted.map((event) => event.id));
    out.shown = out.shown.filter((entry) => !foreign.some((other) => other.id === entry.id));
    out.shown.push(...foreign.filter((entry) => isNew.has(entry.id)));
    out.restored.push(...foreign.filter((entry) => !isNew.has(entry.id) && store.event(entry.id)?.space === space));
  }

  function behindFork(header: Header, id: EventId): boolean {
    const fork = feeds.get(header.channel as ChannelId, header.device)?.fork;
    return fork != null && header.seq >= fork.seq && !standing.isPicked(header, id);
  }

  function entriesOf(event: Pick<Event, "header" | "id">, payload: Uint8Array | null, now: number, index: number): TimelineEntry[] {
    return behindFork(event.header, event.id) || isOver(event.header, now) ? [] : timelineEntries(timeline, event, payload, now, index);
  }

  /** What these say about others counts from now on. */
  function annotate(events: readonly { header: Header; id: EventId; payload: Uint8Array | null }[], out: Received): void {
    const found = events.flatMap((event) => (behindFork(event.header, event.id) ? [] : (annotationOf(currentState(), event, event.payload) ?? [])));
    if (found.length === 0) return;
    store.putAnnotations(found);
    const channels = new Map(events.map(({ id, header }) => [id, header.channel as ChannelId]));
    out.annotated.push(...found.map(({ event, target }) => ({ channel: channels.get(event)!, target })));
  }

  function withdraw(ids: readonly EventId[], out: Received): void {
    for (const id of ids) {
      const event = store.event(id);
      const header = event === null ? null : decodeHeader(event.header);
      const annotation = header?.ok ? annotationOf(currentState(), { header: header.value, id }, event!.payload) : null;
      if (annotation !== null) out.annotated.push({ channel: event!.channel, target: annotation.target });
    }
    if (ids.length > 0) store.removeAnnotations(ids);
  }

  /** Where these are shown. */
  function placesOf(ids: readonly EventId[]): { channel: ChannelId; ids: EventId[] }[] {
    const entries = ids.flatMap((id) => store.timelineEntries(id));
    return [...Map.groupBy(entries, ({ channel }) => channel)].map(([channel, there]) => ({ channel, ids: there.map(({ id }) => id) }));
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
}

function withoutPayload(event: Event): Event {
  return { ...event, wire: { ...event.wire, salt: null, payload: null } };
}

type Verdict = "accepted" | "known" | { why: string };
