/** Seq ranges being asked of some peer, per feed: nobody else is asked for them until they came or that peer is gone. */
import { missing, union, withRange } from "@multichat/core";
import type { ChannelId, DeviceId, Ranges } from "@multichat/protocol";

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

/** Ranges by feed: what one peer is known to hold. */
export interface RangeMap {
  add(channel: ChannelId, device: DeviceId, ranges: Ranges): void;
  addOne(channel: ChannelId, device: DeviceId, seq: number): void;
  get(channel: ChannelId, device: DeviceId): Ranges;
  /** Feeds named. */
  size(): number;
}

export function createRangeMap(): RangeMap {
  const map = new Map<string, Ranges>();
  return {
    add(channel, device, ranges) {
      const key = channel + device;
      map.set(key, union(map.get(key) ?? [], ranges));
    },
    addOne(channel, device, seq) {
      const key = channel + device;
      const held = map.get(key);
      const last = held?.[held.length - 1];
      if (held === undefined) map.set(key, [[seq, seq]]);
      else if (last !== undefined && seq === last[1] + 1) last[1] = seq;
      else map.set(key, withRange(held, seq, seq));
    },
    get: (channel, device) => map.get(channel + device) ?? [],
    size: () => map.size,
  };
}
