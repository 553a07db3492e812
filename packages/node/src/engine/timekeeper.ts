/**
 * The clock that stamps are made with (spec/03-events.md, Clock): this machine's, corrected when two or more people agree that it is wrong.
 */
import type { Clock } from "@multichat/core/ports";
import type { AccountId, DeviceId } from "@multichat/protocol";

/** Differences up to this are ordinary drift and network delay. */
const toleratedMs = 2 * 60_000;
/** Further off than a mistaken time zone, nobody is believed: a few strangers must not carry this node into another year. */
const maxCorrectionMs = 26 * 60 * 60_000;

export interface Timekeeper {
  /** Corrected now, ms. */
  now(): number;
  /** This person's clock is this far ahead of ours. */
  sample(person: AccountId | DeviceId, aheadMs: number): void;
  drop(person: AccountId | DeviceId): void;
  /** Our own clock was set: what was measured by it no longer holds. */
  forget(): void;
  /** What to tell a person, or null while all is well. */
  problem(): string | null;
}

export function createTimekeeper(clock: Clock, changed: () => void): Timekeeper {
  const samples = new Map<AccountId | DeviceId, number>();

  /** Ms that this machine lags behind the others; of two in the middle, the one nearer to our own clock. */
  function median(): number {
    const sorted = [...samples.values()].sort((a, b) => a - b);
    if (sorted.length === 0) return 0;
    const low = sorted[(sorted.length - 1) >> 1]!;
    const high = sorted[sorted.length >> 1]!;
    if (low < 0 && high > 0) return 0;
    return Math.abs(low) < Math.abs(high) ? low : high;
  }

  const wrong = (): boolean => Math.abs(median()) > toleratedMs;
  const believed = (): boolean => samples.size >= 2 && Math.abs(median()) <= maxCorrectionMs;
  // Time is asked for far more often than it is found to be another.
  let correction = 0;
  function measured(): void {
    correction = wrong() && believed() ? median() : 0;
  }

  return {
    now: () => clock.now() + correction,
    sample(person, aheadMs) {
      const before = wrong();
      samples.set(person, aheadMs);
      measured();
      if (before || wrong()) changed();
    },
    drop(person) {
      if (!samples.delete(person)) return;
      measured();
      changed();
    },
    forget() {
      samples.clear();
      measured();
      changed();
    },
    problem() {
      if (!wrong()) return null;
      const minutes = Math.round(Math.abs(median()) / 60_000);
      const side = median() > 0 ? "behind" : "ahead of";
      const far = `This computer's clock is ${minutes} minutes ${side}`;
      if (believed()) return `${far} the others'. Times here are corrected; please set the clock.`;
      if (samples.size < 2) return `${far} the other member's. One of the two is wrong; please check yours.`;
      return `${far} the others'. That is too far to be corrected for you; please check the date.`;
    },
  };
}
