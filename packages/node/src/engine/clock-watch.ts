/**
 * Whose clocks count (spec/03-events.md, Clock): those of people we share a space with, or ask to be let in. When this machine's own clock
 * jumps, what was measured by it is worth nothing: everybody is greeted anew.
 */
import type { Clock } from "@multichat/core/ports";
import type { AccountId, DeviceId } from "@multichat/protocol";
import type { Timekeeper } from "./timekeeper.ts";

const tickMs = 30_000;
/** More than a busy machine's timers are late, less than what would be corrected. */
const jumpMs = 60_000;

export interface ClockWatch {
  /** A device's clock is this far ahead of ours, ms. */
  heard(device: DeviceId, aheadMs: number): void;
  /** Members changed. */
  recheck(): void;
  forget(device: DeviceId): void;
  stop(): void;
}

export function createClockWatch(deps: {
  clock: Clock;
  timekeeper: Timekeeper;
  /** Whose device this is, if its clock counts. */
  personOf(device: DeviceId): AccountId | DeviceId | null;
  /** This machine's clock was set to another time. */
  jumped(): void;
}): ClockWatch {
  const { clock, timekeeper } = deps;
  /** Of linked devices. */
  const heard = new Map<DeviceId, { aheadMs: number; as: AccountId | DeviceId | null }>();
  let last = clock.now();
  let cancel = clock.after(tickMs, tick);

  function tick(): void {
    const now = clock.now();
    const jump = now - last - tickMs;
    last = now;
    cancel = clock.after(tickMs, tick);
    if (Math.abs(jump) < jumpMs) return;
    heard.clear();
    timekeeper.forget();
    deps.jumped();
  }

  /** Nobody counts twice: who was only a device in a link until now is somebody's. */
  function recheck(): void {
    for (const [device, sample] of heard) {
      const person = deps.personOf(device);
      if (person === null || person === sample.as) continue;
      if (sample.as !== null) timekeeper.drop(sample.as);
      sample.as = person;
      timekeeper.sample(person, sample.aheadMs);
    }
  }

  return {
    heard(device, aheadMs) {
      heard.set(device, { aheadMs, as: null });
      recheck();
    },
    recheck,
    forget(device) {
      if (heard.get(device)?.as === device) timekeeper.drop(device);
      heard.delete(device);
    },
    stop: () => cancel(),
  };
}
