/**
 * How much of what one peer holds of a space is here for certain (spec/06-sync.md, Catching up): what `since` says in the next
 * `open`, and whether all is to be compared once more.
 */
import type { Replica } from "@multichat/core";
import type { Clock, Store } from "@multichat/core/ports";
import type { ArrivalPoint, DeviceId, FrameOf } from "@multichat/protocol";
import type { SyncSpace } from "./host.ts";
import { compareAgainMs, quietMs } from "./limits.ts";

export interface Coverage {
  /** All that the peer had by then is here; null: it is to tell everything. */
  since(): ArrivalPoint | null;
  /** The peer was asked for what is new since then. */
  asked(since: ArrivalPoint | null): void;
  /** Something of what the peer told was not taken: its next word on what it holds must not start after it. */
  missed(): void;
  /** Both hold the same; the peer's newest arrival. */
  same(arrival: number): void;
  /** A page of what the peer holds; answers whether with it begins all that it holds, as it was asked. */
  page(frame: Pick<FrameOf<"holdings">, "complete" | "final">): boolean;
  /** When nothing is under way any more, the peer's arrivals up to this one are here. */
  through(arrival: number): void;
  /** Nothing is under way. Answers whether an exchange ended with it. @param incarnation the peer's */
  settle(incarnation: Uint8Array): boolean;
  /** What is new to either is exchanged: if they still differ in a while, something was lost on the way. */
  lookAgain(): void;
  stop(): void;
}

export function createCoverage(deps: {
  space: SyncSpace;
  peer: DeviceId;
  store: Store;
  clock: Clock;
  /** Whether both sides still differ, with nothing under way; while something is, its end will bring us here again. */
  differs(): boolean;
  /** All is to be compared. */
  compareAll(): void;
}): Coverage {
  const { space, store, clock } = deps;
  const sinceKey = `since/${space.replica.space}/${deps.peer}`;
  const comparedKey = `compared/${space.replica.space}/${deps.peer}`;
  let pendingThrough: number | null = null;
  let incomplete = false;
  /** What was held when the exchange under way began: a replica made anew may hold less. */
  let basis: Replica = space.replica;
  /** The peer was asked for everything, not only what is new to us, and its answer has not begun. */
  let askedForAll = false;
  /** The rows that came last were not the end of an answer. */
  let midway = false;
  /** What the peer told last was all it holds, or the same as what is here. */
  let toldAll = false;
  let comparedAll = false;
  let trusted = false;
  let cancelQuiet: (() => void) | null = null;

  function comparedLately(): boolean {
    const age = clock.now() - Number(store.setting(comparedKey) ?? Number.NaN);
    return age >= 0 && age < compareAgainMs;
  }

  function compareOnce(): void {
    cancelQuiet = null;
    if (comparedAll || space.leaving || !deps.differs()) return;
    comparedAll = true;
    deps.compareAll();
  }

  return {
    since() {
      const saved = store.setting(sinceKey);
      return saved === null || incomplete || basis !== space.replica ? null : parseSince(saved);
    },
    asked(since) {
      askedForAll = since === null;
    },
    missed() {
      incomplete = true;
    },
    same(arrival) {
      incomplete = false;
      toldAll = true;
      basis = space.replica;
      pendingThrough = arrival;
    },
    page({ complete, final }) {
      const begins = !midway && complete && askedForAll;
      if (begins) {
        // What was missed before is named again.
        askedForAll = false;
        incomplete = false;
        basis = space.replica;
      }
      midway = !final;
      if (final && complete) toldAll = true;
      return begins;
    },
    through(arrival) {
      pendingThrough = arrival;
    },
    settle(incarnation) {
      if (pendingThrough === null) return false;
      const whole = !incomplete && basis === space.replica && space.replica.pending.size() === 0;
      if (whole) store.putSetting(sinceKey, formatSince(incarnation, pendingThrough));
      if (whole && toldAll) store.putSetting(comparedKey, String(clock.now()));
      pendingThrough = null;
      trusted = whole && comparedLately();
      return true;
    },
    lookAgain() {
      if (!comparedAll && !trusted) cancelQuiet ??= clock.after(quietMs, compareOnce);
    },
    stop: () => cancelQuiet?.(),
  };
}

function formatSince(incarnation: Uint8Array, arrival: number): string {
  return JSON.stringify([[...incarnation], arrival]);
}

function parseSince(text: string): ArrivalPoint {
  const [incarnation, arrival] = JSON.parse(text) as [number[], number];
  return { incarnation: new Uint8Array(incarnation), arrival };
}
