/**
 * The clock that stamps are made with (spec/03-events.md, Clock): this machine's, corrected when two or more peers agree that it is wrong.
 */
import type { Clock } from "@multichat/core/ports";
import type { DeviceId } from "@multichat/protocol";

/** Differences up to this are ordinary drift and network delay. */
const toleratedMs = 2 * 60_000;

export interface Timekeeper {
  /** Corrected now, ms. */
  now(): number;
  /** A peer's clock is this far ahead of ours. */
  sample(device: DeviceId, aheadMs: number): void;
  /** What to tell a person, or null while all is well. */
  problem(): string | null;
}

export function createTimekeeper(clock: Clock, changed: () => void): Timekeeper {
  const samples = new Map<DeviceId, number>();

  /** Ms that this machine lags behind the others. */
  function median(): number {
    const sorted = [...samples.values()].sort((a, b) => a - b);
    return sorted.length === 0 ? 0 : sorted[(sorted.length - 1) >> 1]!;
  }

  const wrong = (): boolean => Math.abs(median()) > toleratedMs;
  const correction = (): number => (samples.size >= 2 && wrong() ? median() : 0);

  return {
    now: () => clock.now() + correction(),
    sample(device, aheadMs) {
      const before = correction();
      samples.set(device, aheadMs);
      if (before !== correction() || wrong()) changed();
    },
    problem() {
      if (!wrong()) return null;
      const minutes = Math.round(Math.abs(median()) / 60_000);
      const side = median() > 0 ? "behind" : "ahead of";
      return samples.size >= 2
        ? `This computer's clock is ${minutes} minutes ${side} the others'. Times here are corrected; please set the clock.`
        : `This computer's clock is ${minutes} minutes ${side} the other member's. One of the two is wrong; please check yours.`;
    },
  };
}
