/** Seq ranges being asked of some peer, per feed: nobody else is asked for them until they came or that peer is gone. */
import { missing, union, withRange } from "@multichat/core";
import { type ChannelId, type DeviceId, type Ranges, limits } from "@multichat/protocol";

export interface Claim {
  channel: ChannelId;
  device: DeviceId;
  ranges: Ranges;
}

export interface Claims {
  /** The part of `ranges` that nobody is asked for yet, claimed from now on. */
  take(claim: Claim): Ranges;
  release(claim: Claim): void;
}

export function createClaims(): Claims {
  const claimed = new Map<string, Ranges>();
  const keyOf = ({ channel, device }: Claim): string => channel + device;
  return {
    take(claim) {
      const others = claimed.get(keyOf(claim)) ?? [];
      const free = missing(claim.ranges, others);
      if (free.length > 0) claimed.set(keyOf(claim), union(others, free));
      return free;
    },
    release(claim) {
      const left = missing(claimed.get(keyOf(claim)) ?? [], claim.ranges);
      if (left.length === 0) claimed.delete(keyOf(claim));
      else claimed.set(keyOf(claim), left);
    },
  };
}

/** Ranges by feed: what one peer is known to hold. Of each feed the newest ranges only, as many as one row names. */
export interface RangeMap {
  /** A newer row of the feed takes the place of what was known. */
  set(channel: ChannelId, device: DeviceId, ranges: Ranges): void;
  add(channel: ChannelId, device: DeviceId, ranges: Ranges): void;
  addOne(channel: ChannelId, device: DeviceId, seq: number): void;
  remove(channel: ChannelId, device: DeviceId, ranges: Ranges): void;
  get(channel: ChannelId, device: DeviceId): Ranges;
  /** Feeds named. */
  size(): number;
  /** Ranges of all of them. */
  ranges(): number;
  clear(): void;
}

export function createRangeMap(): RangeMap {
  const map = new Map<string, Ranges>();
  let total = 0;
  const keep = (key: string, ranges: Ranges): void => {
    const kept = ranges.length > limits.ranges ? ranges.slice(-limits.ranges) : ranges;
    total += kept.length - (map.get(key)?.length ?? 0);
    if (kept.length === 0) map.delete(key);
    else map.set(key, kept);
  };
  return {
    set: (channel, device, ranges) => keep(channel + device, union(ranges, [])),
    add(channel, device, ranges) {
      const key = channel + device;
      keep(key, union(map.get(key) ?? [], ranges));
    },
    addOne(channel, device, seq) {
      const key = channel + device;
      const held = map.get(key);
      const last = held?.[held.length - 1];
      if (held === undefined) keep(key, [[seq, seq]]);
      else if (last !== undefined && seq === last[1] + 1) last[1] = seq;
      else keep(key, withRange(held, seq, seq));
    },
    remove(channel, device, ranges) {
      const key = channel + device;
      keep(key, missing(map.get(key) ?? [], ranges));
    },
    get: (channel, device) => map.get(channel + device) ?? [],
    size: () => map.size,
    ranges: () => total,
    clear() {
      map.clear();
      total = 0;
    },
  };
}
