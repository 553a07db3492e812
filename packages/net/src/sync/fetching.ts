/**
 * Getting from one peer what it holds of a space and we lack (spec/06-sync.md, Catching up): the control log first and
 * whole, then content, newest first. What several peers hold is asked of one of them at a time; one that does not answer
 * keeps the others from being asked for a short while only.
 */
import { type Event, count, holds, missing, upTo } from "@multichat/core";
import type { Clock } from "@multichat/core/ports";
import {
  type ChannelId,
  type DeviceId,
  type EventId,
  type Frame,
  type FrameOf,
  type HoldingsRow,
  type Ranges,
  limits,
} from "@multichat/protocol";
import { type Claim, createRangeMap } from "./claims.ts";
import type { SyncSpace } from "./host.ts";
import {
  absentIds,
  concurrentGets,
  concurrentServes,
  concurrentWants,
  countedMissing,
  countedRanges,
  creditStep,
  feedsOfPeer,
  fetchTimeoutMs,
  initialCredit,
  rangesOfPeer,
} from "./limits.ts";
import type { WantedRange } from "./wanted.ts";

export interface Fetching {
  /** The peer holds this. False when not all of it is kept in mind: it names too much. */
  learn(row: Pick<HoldingsRow, "channel" | "device" | "ranges">): boolean;
  learnOne(channel: ChannelId, device: DeviceId, seq: number): void;
  /** What the peer is known to hold. */
  theirs(channel: ChannelId, device: DeviceId): Ranges;
  /** Looks for what to ask for. */
  examine(): void;
  /** False when not all of them are asked for: too many are already. */
  askFor(ids: readonly EventId[]): boolean;
  /** Whether these were asked for. */
  requested(request: number, ids: readonly EventId[]): boolean;
  /** Events came, and are about to be taken in; grants more credit. */
  arrived(frame: FrameOf<"events">, events: readonly Event[]): void;
  /** Answers whether all that was asked for came. */
  end(frame: FrameOf<"end">): boolean;
  /** Nothing is under way and nothing left to ask for. */
  idle(): boolean;
  /** Events the peer is known to hold that are not here. */
  missing(): number;
  /** What this peer did not serve is asked of it once more. */
  forgive(): void;
  stop(): void;
}

interface Fetch {
  channel: ChannelId;
  claims: Claim[];
  credit: number;
  /** Nothing came for too long: others may be asked for the same. */
  late: boolean;
  cancelDeadline: () => void;
}

export function createFetching(deps: {
  space: SyncSpace;
  alias: number;
  clock: Clock;
  send: (frame: Frame) => void;
  /** The peer let a request lie: what was claimed for it is free again. */
  expired: () => void;
}): Fetching {
  const { space, alias, clock, send } = deps;
  const { claims } = space;
  const theirs = createRangeMap();
  const unserved = createRangeMap();
  /** Feeds of which something may be missing here. */
  const toExamine = new Map<ChannelId, Set<DeviceId>>();
  const fetches = new Map<number, Fetch>();
  const gets = new Map<number, EventId[]>();
  const asked = new Set<EventId>();
  /** Asked for and not there, oldest first. */
  const absent = new Set<EventId>();
  let nextRequest = 1;

  // The replica is made anew when a write failed: it is looked up each time.
  const held = (channel: ChannelId, device: DeviceId): Ranges => space.replica.feeds.get(channel, device)?.ranges ?? [];

  function lacking(channel: ChannelId, device: DeviceId): Ranges {
    const feed = space.replica.feeds.get(channel, device);
    const gaps = missing(missing(theirs.get(channel, device), feed?.ranges ?? []), unserved.get(channel, device));
    // Behind a fork nothing stands.
    return feed?.fork != null && channel !== space.replica.space ? upTo(gaps, feed.fork.seq) : gaps;
  }

  function lookAt(channel: ChannelId, device: DeviceId): void {
    const devices = toExamine.get(channel);
    if (devices === undefined) toExamine.set(channel, new Set([device]));
    else devices.add(device);
  }

  /** What is missing of a channel's feeds, as far as the reader goes: a peer may name very many. */
  function* lackingOf(channel: ChannelId): Generator<Claim> {
    const devices = toExamine.get(channel) ?? new Set();
    for (const device of devices) {
      const ranges = lacking(channel, device);
      if (ranges.length > 0) yield { channel, device, ranges };
      else devices.delete(device);
    }
    if (devices.size === 0) toExamine.delete(channel);
  }

  function underWay(): number {
    let sum = 0;
    for (const { late } of fetches.values()) if (!late) sum++;
    return sum;
  }

  function request(channel: ChannelId, wanted: Iterable<Claim>): void {
    if (underWay() >= concurrentWants || fetches.size >= concurrentServes) return;
    const ranges: WantedRange[] = [];
    const taken: Claim[] = [];
    for (const claim of wanted) {
      if (ranges.length >= limits.page) break;
      const free = claims.take({ ...claim, ranges: claim.ranges.slice(-(limits.page - ranges.length)) });
      if (free.length === 0) continue;
      const fits = free.slice(-(limits.page - ranges.length));
      if (fits.length < free.length) claims.release({ ...claim, ranges: free.slice(0, -fits.length) });
      taken.push({ ...claim, ranges: fits });
      for (const [from, to] of fits) ranges.push({ device: claim.device, from, to });
    }
    if (ranges.length === 0) return;
    const number = nextRequest++;
    const fetch: Fetch = { channel, claims: taken, credit: initialCredit, late: false, cancelDeadline: () => {} };
    fetches.set(number, fetch);
    arm(fetch);
    send({ type: "want", alias, request: number, channel, ranges, credit: initialCredit });
  }

  function arm(fetch: Fetch): void {
    fetch.cancelDeadline();
    fetch.cancelDeadline = clock.after(fetchTimeoutMs, () => {
      fetch.late = true;
      giveBack(fetch);
      deps.expired();
    });
  }

  /** Frees what was claimed; answers whether all of it came. */
  function giveBack(fetch: Fetch): boolean {
    let whole = true;
    for (const claim of fetch.claims) {
      claims.release(claim);
      const left = missing(claim.ranges, held(claim.channel, claim.device));
      if (left.length === 0) continue;
      // What it says it holds and does not give is not asked of it again, even where that is too much to be kept apart.
      if (unserved.ranges() < rangesOfPeer) unserved.add(claim.channel, claim.device, left);
      else theirs.remove(claim.channel, claim.device, left);
      whole = false;
    }
    return whole;
  }

  /** It was slow, not silent: what nobody else was asked for meanwhile is its own again. */
  function revive(fetch: Fetch): void {
    fetch.late = false;
    fetch.claims = fetch.claims.flatMap((claim) => {
      unserved.remove(claim.channel, claim.device, claim.ranges);
      lookAt(claim.channel, claim.device);
      const ranges = claims.take({ ...claim, ranges: missing(claim.ranges, held(claim.channel, claim.device)) });
      return ranges.length === 0 ? [] : [{ ...claim, ranges }];
    });
  }

  /** Whether one of them is new and was asked for by this request. */
  function serves(fetch: Fetch, events: readonly Event[]): boolean {
    const wanted = new Map(fetch.claims.map(({ device, ranges }) => [device, ranges]));
    return events.some(({ header: { channel, device, seq } }) => {
      if (channel !== fetch.channel && fetch.channel !== space.replica.space) return false;
      return holds(wanted.get(device) ?? [], seq) && !holds(held(fetch.channel, device), seq);
    });
  }

  return {
    learn({ channel, device, ranges }) {
      const known = theirs.get(channel, device).length;
      if (known === 0 && theirs.size() >= feedsOfPeer) return false;
      const room = Math.max(1, rangesOfPeer - theirs.ranges() + known);
      theirs.set(channel, device, ranges.slice(-room));
      lookAt(channel, device);
      return ranges.length <= room;
    },
    learnOne(channel, device, seq) {
      // Any key signs an event of a feed of its own: what came does not make it one of this space.
      if (theirs.ranges() < rangesOfPeer && theirs.size() < feedsOfPeer) theirs.addOne(channel, device, seq);
    },
    theirs: (channel, device) => theirs.get(channel, device),
    examine() {
      const control = space.replica.space as string as ChannelId;
      request(control, lackingOf(control));
      if (toExamine.has(control)) return;
      for (const channel of toExamine.keys()) {
        if (underWay() >= concurrentWants) return;
        request(channel, lackingOf(channel));
      }
    },
    askFor(ids) {
      const fresh = [...new Set(ids)].filter((id) => !asked.has(id) && !absent.has(id));
      const room = fresh.slice(0, Math.max(0, concurrentGets - asked.size));
      for (let i = 0; i < room.length; i += limits.page) {
        const page = room.slice(i, i + limits.page);
        for (const id of page) asked.add(id);
        gets.set(nextRequest, page);
        send({ type: "get", alias, request: nextRequest++, ids: page });
      }
      return room.length === fresh.length;
    },
    requested: (number, ids) => fetches.has(number) || (gets.has(number) && ids.every((id) => asked.has(id))),
    arrived({ request: number, events: wires }, events) {
      const fetch = fetches.get(number);
      if (fetch === undefined) return;
      if (serves(fetch, events)) {
        if (fetch.late) revive(fetch);
        arm(fetch);
      }
      fetch.credit -= wires.length;
      if (fetch.credit > creditStep) return;
      const credit = initialCredit - fetch.credit;
      fetch.credit += credit;
      send({ type: "credit", alias, request: number, credit });
    },
    end({ request: number, missing: notThere }) {
      const ids = gets.get(number) ?? [];
      gets.delete(number);
      for (const id of ids) asked.delete(id);
      const said = new Set(notThere);
      for (const id of ids) if (said.has(id)) absent.add(id);
      for (const oldest of absent) {
        if (absent.size <= absentIds) break;
        absent.delete(oldest);
      }
      const fetch = fetches.get(number);
      if (fetch === undefined) return notThere.length === 0;
      fetches.delete(number);
      fetch.cancelDeadline();
      // One that is late has given back what was claimed.
      const whole = !fetch.late && giveBack(fetch);
      return whole && notThere.length === 0;
    },
    idle: () => underWay() === 0 && toExamine.size === 0,
    missing() {
      let sum = 0;
      let looked = 0;
      for (const [channel, devices] of toExamine) {
        for (const device of devices) {
          looked += 1 + theirs.get(channel, device).length;
          if (looked > countedRanges) return sum;
          sum += Math.min(count(lacking(channel, device)), countedMissing);
        }
      }
      return sum;
    },
    forgive: () => unserved.clear(),
    stop() {
      for (const fetch of fetches.values()) {
        fetch.cancelDeadline();
        if (!fetch.late) for (const claim of fetch.claims) claims.release(claim);
      }
      fetches.clear();
    },
  };
}
