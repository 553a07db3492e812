/**
 * Time that passes only when a story says so. Timers run in order, and between two of them everything that was waiting
 * (promises, next ticks) comes to rest, so a run depends on nothing but its inputs.
 */
import type { Clock } from "@multichat/core/ports";
import { TimerQueue } from "./timer-queue.ts";

/** A machine's idea of the time: it shares the one timeline, but its wall clock may be wrong. */
export interface WallClock extends Clock {
  /** Moves what `now()` says by `ms` (negative: back). Timers do not notice, as on a real machine. */
  jump(ms: number): void;
}

export interface VirtualClock extends WallClock {
  /** Lets `ms` pass: runs every timer that falls due, in order. Errors thrown by timers come out here. */
  advance(ms: number): Promise<void>;
  /** Lets time pass until `condition` holds, at most `limitMs`; says whether it came to hold. */
  until(condition: () => boolean, limitMs: number): Promise<boolean>;
  /** Lets time pass until the promise settles. @throws Error when that takes more than `limitMs` (default: an hour) */
  wait<T>(promise: Promise<T>, limitMs?: number): Promise<T>;
  /** Lets what waits for no timer run to its end. No time passes. */
  settle(): Promise<void>;
  /** Another wall clock on the same timeline, `ms` ahead of this one's start. */
  skewed(ms: number): WallClock;
  /** Milliseconds of the timeline, which jumps do not touch. */
  readonly elapsed: number;
}

export interface VirtualClockOptions {
  /** What `now()` says at first, in ms since 1970. */
  start?: number;
  /** How to let pending work run. The default lets one turn of the event loop pass. */
  settle?: () => Promise<void>;
}

/** 1 January 2026, so that a forgotten zero shows. */
export const defaultStart = Date.UTC(2026, 0, 1);
const hourMs = 3_600_000;

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function createVirtualClock(options: VirtualClockOptions = {}): VirtualClock {
  const start = options.start ?? defaultStart;
  const settle = options.settle ?? nextTurn;
  const timers = new TimerQueue();
  let elapsed = 0;
  let running = false;

  const after = (ms: number, callback: () => void): (() => void) => {
    // A timer for NaN would never fall due and never be noticed.
    if (Number.isNaN(ms)) throw new RangeError("a timer needs a number of milliseconds");
    const timer = timers.add(elapsed + Math.max(0, ms), callback);
    return () => {
      timer.callback = null;
    };
  };

  const wallClock = (skew: number): WallClock => {
    let offset = skew;
    return {
      now: () => Math.floor(start + elapsed + offset),
      after,
      jump: (ms) => {
        offset += ms;
      },
    };
  };

  /** Runs timers up to `target`, stopping early when `done` says so. */
  const run = async (target: number, done: () => boolean): Promise<boolean> => {
    if (running) throw new Error("the virtual clock is already being advanced");
    running = true;
    try {
      await settle();
      while (!done()) {
        const next = timers.first();
        if (next === undefined || next.due > target) {
          elapsed = target;
          return done();
        }
        timers.takeFirst();
        elapsed = next.due;
        next.callback?.();
        await settle();
      }
      return true;
    } finally {
      running = false;
    }
  };

  const wait = async <T>(promise: Promise<T>, limitMs = hourMs): Promise<T> => {
    let settled = false;
    const done = (): void => {
      settled = true;
    };
    promise.finally(done).catch(() => {});
    if (!(await run(elapsed + limitMs, () => settled)))
      throw new Error(`${limitMs} ms passed in vain`);
    return promise;
  };

  return {
    ...wallClock(0),
    get elapsed() {
      return elapsed;
    },
    skewed: wallClock,
    settle,
    advance: async (ms) => {
      await run(elapsed + ms, () => false);
    },
    wait,
    until: (condition, limitMs) => run(elapsed + limitMs, condition),
  };
}
