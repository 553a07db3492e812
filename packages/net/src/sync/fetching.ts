/**
 * Getting from one peer what it holds of a space and we lack (spec/06-sync.md, Catching up): the control log first and
 * whole, then content, newest first. What several peers hold is asked of one of them at a time.
 */
import { missing, upTo } from "@multichat/core";
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
import { concurrentGets, concurrentWants, creditStep, feedsOfPeer, initialCredit } from "./limits.ts";
import type { WantedRange } from "./serving.ts";

export interface Fetching {
  /** The peer holds this. */
  learn(row: Pick<HoldingsRow, "channel" | "device" | "ranges">): void;
  learnOne(channel: ChannelId, device: DeviceId, seq: number): void;
  /** What the peer is known to hold. */
  theirs(channel: ChannelId, device: DeviceId): Ranges;
  /** Looks for what to ask for. */
  examine(): void;
  askFor(ids: readonly EventId[]): void;
  /** Whether these were asked for. */
  requested(request: number, ids: readonly EventId[]): boolean;
  /** Events came; grants more credit. */
  arrived(frame: FrameOf<"events">, ids: readonly EventId[]): void;
  /** Answers whether all that was asked for came. */
  end(frame: FrameOf<"end">): boolean;
  /** Nothing is under way and nothing left to ask for. */
  idle(): boolean;
  /** Events the peer is known to hold that are not here. */
  missing(): number;
  stop(): void;
}

interface Fetch {
  claims: Claim[];
  credit: number;
}

export function createFetching(deps: { space: SyncSpace; alias: number; send: (frame: Frame) => void }): Fetching {
  const { space, alias, send } = deps;
  const { replica, claims } = space;
  const theirs = createRangeMap();
  const unserved = createRangeMap();
  const toExamine = new Map<string, { channel: ChannelId; device: DeviceId }>();
  const fetches = new Map<number, Fetch>();
  const asked = new Set<EventId>();
  let nextRequest = 1;

  function lacking(channel: ChannelId, device: DeviceId): Ranges {
    const feed = replica.feeds.get(channel, device);
    const held = feed?.ranges ?? [];
    const gaps = missing(missing(theirs.get(channel, device), held), unserved.get(channel, device));
    // Behind a fork nothing stands.
    return feed?.fork != null && channel !== replica.space ? upTo(gaps, feed.fork.seq) : gaps;
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

  return {
    learn({ channel, device, ranges }) {
      if (theirs.size() >= feedsOfPeer && theirs.get(channel, device).length === 0) return;
      theirs.add(channel, device, ranges);
      toExamine.set(channel + device, { channel, device });
    },
    learnOne: (channel, device, seq) => theirs.addOne(channel, device, seq),
    theirs: (channel, device) => theirs.get(channel, device),
    examine() {
      const control: Claim[] = [];
      const content = new Map<ChannelId, Claim[]>();
      for (const [key, { channel, device }] of toExamine) {
        const ranges = lacking(channel, device);
        if (ranges.length === 0) toExamine.delete(key);
        else if (channel === replica.space) control.push({ channel, device, ranges });
        else content.set(channel, [...(content.get(channel) ?? []), { channel, device, ranges }]);
      }
      if (control.length > 0) request(replica.space, control);
      else for (const [channel, wanted] of content) request(channel, wanted);
    },
    askFor(ids) {
      const fresh = [...new Set(ids)].filter((id) => !asked.has(id)).slice(0, Math.max(0, concurrentGets - asked.size));
      for (let i = 0; i < fresh.length; i += limits.page) {
        const page = fresh.slice(i, i + limits.page);
        for (const id of page) asked.add(id);
        send({ type: "get", alias, request: nextRequest++, ids: page });
      }
    },
    requested: (request, ids) => fetches.has(request) || ids.every((id) => asked.has(id)),
    arrived({ request: number, events }, ids) {
      for (const id of ids) asked.delete(id);
      const fetch = fetches.get(number);
      if (fetch === undefined) return;
      fetch.credit -= events.length;
      if (fetch.credit > creditStep) return;
      const credit = initialCredit - fetch.credit;
      fetch.credit += credit;
      send({ type: "credit", alias, request: number, credit });
    },
    end({ request: number, missing: absent }) {
      // Those stay in `asked`: this peer is not asked for them again.
      let whole = absent.length === 0;
      const fetch = fetches.get(number);
      fetches.delete(number);
      for (const claim of fetch?.claims ?? []) {
        claims.release(claim);
        const feed = replica.feeds.get(claim.channel, claim.device);
        const left = claim.ranges.flatMap(([from, to]) => missing([[from, to]], feed?.ranges ?? []));
        if (left.length === 0) continue;
        unserved.add(claim.channel, claim.device, left);
        whole = false;
      }
      return whole;
    },
    idle: () => fetches.size === 0 && toExamine.size === 0,
    missing() {
      let sum = 0;
      for (const { channel, device } of toExamine.values()) for (const [from, to] of lacking(channel, device)) sum += to - from + 1;
      return sum;
    },
    stop() {
      for (const fetch of fetches.values()) for (const claim of fetch.claims) claims.release(claim);
      fetches.clear();
    },
  };
}

