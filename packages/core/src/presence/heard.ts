/**
 * What others said, for as long as it holds (spec/13-presence.md, Frames): one value for each device, which ends by itself.
 * Changed by nothing but what is called here; time comes in.
 */
import type { DeviceId } from "@multichat/protocol";

export interface Heard<T> {
  /** Holds until `now + ttl`; a ttl of 0 takes back. Answers whether something else is held than before. */
  put(device: DeviceId, value: T, ttl: number, now: number): boolean;
  /** Ends at the latest then. */
  shorten(device: DeviceId, until: number): void;
  drop(device: DeviceId): boolean;
  get(device: DeviceId, now: number): T | null;
  /** Lets go of what is over, and answers what it was. */
  expire(now: number): [DeviceId, T][];
  /** When the next is over; null if nothing is held. */
  next(): number | null;
  entries(now: number): [DeviceId, T][];
}

export function createHeard<T>(same: (a: T, b: T) => boolean): Heard<T> {
  const held = new Map<DeviceId, { value: T; until: number }>();
  const at = (device: DeviceId, now: number): T | null => {
    const found = held.get(device);
    return found !== undefined && now < found.until ? found.value : null;
  };
  return {
    put(device, value, ttl, now) {
      const before = at(device, now);
      if (ttl === 0) {
        held.delete(device);
        return before !== null;
      }
      held.set(device, { value, until: now + ttl });
      return before === null || !same(before, value);
    },
    shorten(device, until) {
      const found = held.get(device);
      if (found !== undefined) found.until = Math.min(found.until, until);
    },
    drop: (device) => held.delete(device),
    get: at,
    expire(now) {
      const over = [...held].filter(([, { until }]) => until <= now);
      for (const [device] of over) held.delete(device);
      return over.map(([device, { value }]) => [device, value]);
    },
    next: () => (held.size === 0 ? null : Math.min(...[...held.values()].map(({ until }) => until))),
    entries: (now) => [...held].flatMap(([device, { value, until }]) => (now < until ? [[device, value]] : [])),
  };
}
