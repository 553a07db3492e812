/** Tells others' devices that this person is there: when a link opens, when it changes, and again every minute. */
import { presenceLimits } from "@multichat/core";
import type { Clock } from "@multichat/core/ports";
import { type DeviceId, type PresenceValue, type SpaceId, encodePresence } from "@multichat/protocol";
import type { PresenceAudience } from "./audience.ts";
import { type Tell, goodbye } from "./reach.ts";

export interface PresenceTelling {
  /** Something changed: what is said, or who may hear it. */
  changed(): void;
  /** A device is there that may not have been told yet. */
  met(): void;
  /** The link is gone, and what was said on it. */
  lost(device: DeviceId): void;
  /** Takes back what was said, to everybody. */
  stop(): void;
}

/** Told this lately, a device need not hear it with the next beacon. */
const freshMs = presenceLimits.beaconMs / 4;
/** Links open in crowds. */
const metMs = 50;

export function createPresenceTelling(deps: {
  clock: Clock;
  audience: Pick<PresenceAudience, "toldOf">;
  /** Null: nothing to anybody. */
  current(): PresenceValue | null;
  tell: Tell;
}): PresenceTelling {
  const { clock } = deps;
  const told = new Map<DeviceId, { space: SpaceId; said: string; at: number }>();
  let changedAt = Number.NEGATIVE_INFINITY;
  let stopped = false;
  let cancelSoon: (() => void) | null = null;
  let cancelBeacon: (() => void) | null = clock.after(presenceLimits.beaconMs, beacon);

  function beacon(): void {
    settle(freshMs);
    cancelBeacon = clock.after(presenceLimits.beaconMs, beacon);
  }

  /** @param age whoever was told the same less than so long ago is passed over, ms */
  function settle(age: number): void {
    cancelSoon?.();
    cancelSoon = null;
    const value = stopped ? null : deps.current();
    const audience = value === null ? new Map<DeviceId, SpaceId>() : deps.audience.toldOf();
    for (const [device, { space }] of told) {
      if (audience.has(device)) continue;
      deps.tell(device, space, goodbye);
      told.delete(device);
    }
    if (value === null) return;
    const now = clock.now();
    const said = `${value.state} ${value.lastSeen}`;
    const frame = { kind: "presence" as const, ttl: presenceLimits.ttlMs, value: encodePresence(value) };
    for (const [device, space] of audience) {
      const before = told.get(device);
      // A clock that was set back must not silence anybody.
      if (before?.said === said && now >= before.at && now - before.at < age) continue;
      if (deps.tell(device, space, frame)) told.set(device, { space, said, at: now });
    }
  }

  function soon(ms: number): void {
    cancelSoon ??= clock.after(ms, () => settle(Number.POSITIVE_INFINITY));
  }

  return {
    changed() {
      if (stopped) return;
      const waited = clock.now() - changedAt;
      if (waited >= 0 && waited < presenceLimits.changeMs) return soon(presenceLimits.changeMs - waited);
      changedAt = clock.now();
      settle(Number.POSITIVE_INFINITY);
    },
    met: () => soon(metMs),
    lost: (device) => void told.delete(device),
    stop() {
      stopped = true;
      settle(0);
      cancelBeacon?.();
      cancelBeacon = null;
    },
  };
}
