/** Writing: turns drafts into signed events of this device's feeds, on disk before anyone sees them (spec/03-events.md). */
import { type Event, type Received, contentKind, controlLimits, extOf, grantFor, lastSeq, signEvent } from "@multichat/core";
import type { Crypto, Random, Store } from "@multichat/core/ports";
import {
  type AccountId,
  type CborMap,
  type ChannelId,
  type ControlKind,
  type ControlPayload,
  type DeviceId,
  type EventId,
  type Hlc,
  decodeControlPayload,
  encodeControlPayload,
  hlcAt,
  isControlKind,
  limits,
  nextHlc,
  zeroId,
} from "@multichat/protocol";
import { Failure } from "../failure.ts";
import type { Space } from "../joining/spaces.ts";
import type { DeviceKeys } from "../vault.ts";

/** Events further ahead of our clock than this are not cited as deps, so a wrong clock does not spread. */
const citeAheadMs = 30_000;

export interface Draft {
  kind: string;
  payload: Uint8Array;
  /** When it is to disappear, ms; it stays where this is missing. */
  expires?: number;
  /** Beside what its payload calls for. */
  ext?: CborMap;
  /** Mechanical control kinds act under no grant. */
  mechanical?: boolean;
  /** Of an event at rank 0: the payload with its root statement, which is signed over the event's place. */
  rooted?(at: { ctl: readonly EventId[]; device: DeviceId; seq: number }): Uint8Array;
}

export interface Written {
  /** One for each draft. */
  events: Event[];
  /** Everything that was written. */
  received: Received;
}

export interface Author {
  /**
   * Writes drafts to one channel in one transaction, merging control heads first where there are too many.
   * @param upon heads to write on top of, where others have signed for them @throws Failure, StoreError
   */
  write(space: Space, channel: ChannelId, drafts: readonly Draft[], upon?: readonly EventId[]): Written;
  control<K extends ControlKind>(space: Space, kind: K, payload: ControlPayload<K>): Written;
  /** The next place in the control log is kept free: nothing is to be written there that can wait, or that others do. */
  waits(space: Space): boolean;
  /** Remembers what others wrote, to be cited by the next own event of that channel. */
  noticed(events: readonly Event[]): void;
}

export function draft<K extends ControlKind>(kind: K, payload: ControlPayload<K>): Draft {
  return { kind, payload: encodeControlPayload(kind, payload), mechanical: mechanical.has(kind) };
}

const mechanical: ReadonlySet<string> = new Set(["join", "admit", "leave", "device.bind", "device.unbind", "merge", "proof", "parent.applied"]);

/** Each brings four heads together; more are left for later. */
const mergesAtOnce = 8;

/** Events that a control draft speaks of. */
function namedIn({ kind, payload }: Draft): EventId[] {
  const decoded = isControlKind(kind) ? decodeControlPayload(kind, payload) : null;
  if (decoded === null || !decoded.ok) return [];
  return Object.values(decoded.value.payload).filter((value): value is EventId => typeof value === "string" && value.length === 64);
}

function readOf(kind: string, payload: Uint8Array): object | null {
  const read = contentKind(kind).validate(payload);
  return read.ok ? read.value : null;
}

export function createAuthor(deps: {
  store: Store;
  crypto: Crypto;
  random: Random;
  device: DeviceKeys;
  account: AccountId;
  now(): number;
  /** Why this device no longer signs, or null. */
  stopped(): string | null;
  /** The next place in the control log is kept free for something that others are signing. */
  waits(space: Space): boolean;
}): Author {
  const { store, crypto, random, device } = deps;
  /** By channel: the newest event of each other feed since our last one there. */
  const recent = new Map<ChannelId, Map<string, { id: EventId; hlc: Hlc }>>();
  const ownTips = new Map<ChannelId, { id: EventId; hlc: Hlc }>();

  function ownTip(space: Space, channel: ChannelId): { seq: number; id: EventId; hlc: Hlc } {
    const feed = space.replica.feeds.get(channel, device.id);
    if (feed === null) return { seq: 0, id: zeroId as unknown as EventId, hlc: 0n };
    const known = ownTips.get(channel);
    const hlc = known?.id === feed.tip ? known.hlc : (store.event(feed.tip)?.hlc ?? 0n);
    return { seq: lastSeq(feed), id: feed.tip, hlc };
  }

  function takeDeps(channel: ChannelId): { id: EventId; hlc: Hlc }[] {
    const limit = hlcAt(deps.now() + citeAheadMs);
    const cited = [...(recent.get(channel)?.values() ?? [])].filter(({ hlc }) => hlc <= limit);
    recent.delete(channel);
    return cited.sort((a, b) => (a.hlc < b.hlc ? 1 : -1)).slice(0, limits.deps);
  }

  /**
   * The heads to act under, and what had to be written to have few of them. Where there are more than a few merges bring
   * together, what these drafts need to stand is covered all the same.
   */
  function heads(space: Space, channel: ChannelId, drafts: readonly Draft[]): { heads: EventId[]; merges: Received[] } {
    const { log } = space.replica;
    const merges: Received[] = [];
    while (log.heads().length > limits.heads) {
      const most = important(space, channel, drafts).slice(0, limits.heads).sort();
      const kept = channel !== space.id && deps.waits(space);
      if (kept || merges.length >= mergesAtOnce || mergesWritten(space) >= controlLimits.mechanical) return { heads: most, merges };
      merges.push(signAndStore(space, space.id, [draft("merge", { account: deps.account })], most).received);
    }
    return { heads: log.heads(), merges };
  }

  /** Heads, those first that cover what an event here stands on, then the newest. */
  function important(space: Space, channel: ChannelId, drafts: readonly Draft[]): EventId[] {
    const { log, feeds } = space.replica;
    const state = space.replica.state();
    const newest = log.heads().sort((a, b) => (log.get(a)!.header.hlc < log.get(b)!.header.hlc ? 1 : -1));
    const covering: EventId[] = [];
    const needed = [
      feeds.get(space.id, device.id)?.tip,
      ...(state?.bindingsOf.get(device.id)?.map(({ event }) => event) ?? []).slice(-1),
      state?.members.get(deps.account)?.grants[0]?.event,
      channel === space.id ? undefined : (channel as string as EventId),
      ...(channel === space.id ? drafts.flatMap(namedIn) : []),
    ];
    for (const id of needed) {
      if (id === undefined || log.inPast(covering, id)) continue;
      const head = newest.find((one) => log.inPast([one], id));
      if (head !== undefined) covering.push(head);
    }
    return [...covering, ...newest.filter((head) => !covering.includes(head))];
  }

  function mergesWritten({ replica }: Space): number {
    return replica.log.events().filter(({ header }) => header.device === device.id && header.kind === "merge").length;
  }

  function signAndStore(space: Space, channel: ChannelId, drafts: readonly Draft[], ctl: EventId[]): Written {
    const { replica } = space;
    const control = channel === space.id;
    const now = deps.now();
    let tip = ownTip(space, channel);
    let seen: Hlc[] = ctl.map((id) => replica.log.get(id)!.header.hlc);
    let cited = control ? [] : takeDeps(channel);
    let upon = ctl;
    const events: Event[] = [];
    for (const { kind, payload: plain, expires = 0, ext, mechanical: bare, rooted } of drafts) {
      const payload = rooted?.({ ctl: upon, device: device.id, seq: tip.seq + 1 }) ?? plain;
      const hlc = nextHlc(now, [tip.hlc, ...seen, ...cited.map((dep) => dep.hlc)]);
      const event = signEvent(
        crypto,
        random,
        device.signingSeed,
        {
          space: space.id,
          channel,
          device: device.id,
          seq: tip.seq + 1,
          prev: tip.id,
          deps: cited.map(({ id }) => id).sort(),
          ctl: upon,
          auth: rooted !== undefined ? (space.id as string as EventId) : bare ? (zeroId as unknown as EventId) : grantOf(space, ctl, kind),
          hlc,
          kind,
          expires,
          ext: control ? new Map() : new Map([...extOf(kind, payload, readOf(kind, payload)), ...(ext ?? [])]),
        },
        payload,
      );
      events.push(event);
      tip = { seq: tip.seq + 1, id: event.id, hlc };
      seen = [];
      cited = [];
      if (control) upon = [event.id];
    }
    const received = replica.receive(events, now, "self");
    const [refused] = received.refused;
    if (refused !== undefined) throw new Failure("not-allowed", `This was not accepted: ${refused.why}.`);
    ownTips.set(channel, { id: tip.id, hlc: tip.hlc });
    return { events, received };
  }

  function grantOf({ replica }: Space, ctl: readonly EventId[], kind: string): EventId {
    const state = replica.state();
    const grant = state === null ? null : grantFor(replica.log, state, ctl, deps.account, kind);
    return grant?.id ?? (zeroId as unknown as EventId);
  }

  return {
    write(space, channel, drafts, upon) {
      const why = deps.stopped();
      if (why !== null) throw new Failure("device-stopped", why);
      for (const { kind, payload } of channel === space.id ? [] : drafts) {
        const valid = contentKind(kind).validate(payload);
        if (!valid.ok) throw new Failure("bad-request", `This cannot be sent: ${valid.error}.`);
      }
      return store.transaction(() => {
        const { heads: ctl, merges } = upon === undefined ? heads(space, channel, drafts) : { heads: [...upon], merges: [] };
        const written = signAndStore(space, channel, drafts, ctl);
        for (const { accepted } of merges.toReversed()) written.received.accepted.unshift(...accepted);
        written.received.controlChanged ||= merges.length > 0;
        return written;
      });
    },
    control(space, kind, payload) {
      return this.write(space, space.id, [draft(kind, payload)]);
    },
    waits: deps.waits,
    noticed(events) {
      for (const { id, header } of events) {
        if (header.device === device.id || header.channel === header.space) continue;
        let feeds = recent.get(header.channel);
        if (feeds === undefined) recent.set(header.channel, (feeds = new Map()));
        const known = feeds.get(header.device);
        if (known === undefined || known.hlc < header.hlc) feeds.set(header.device, { id, hlc: header.hlc });
      }
    },
  };
}
