/**
 * One place that is called while nobody looks here (spec/14-notifications.md, Waking): not too often, and again when it was not
 * taken. Never in the way of anything: it fails by itself and says so.
 */
import type { Clock } from "@multichat/core/ports";
import type { WakeCalls } from "@multichat/client/contract";

/** However much happens, a call this often at most. */
const pauseMs = 60_000;
const retryMs = 30_000;
const longestRetryMs = 60 * 60_000;
const mostAttempts = 8;

/** `why`: in words. `gone`: there is nobody any more to call there. `retryAfterMs`: what was asked for. */
export type WakeAnswer = { ok: true } | { ok: false; why: string; gone: boolean; retryAfterMs: number | null };

export interface WakeTarget {
  calls(): WakeCalls;
  /** Something was shown. */
  told(): void;
  /** Calls once at once, whoever looks and whatever there is. */
  test(): void;
  stop(): void;
}

export function createWakeTarget(deps: {
  clock: Clock;
  now(): number;
  /** Somebody should come and look. */
  isWanted(): boolean;
  call(test: boolean): Promise<WakeAnswer>;
  changed(): void;
  /** There is nobody there any more; it is not called again. */
  gone(why: string): void;
}): WakeTarget {
  const { clock } = deps;
  let said: WakeCalls = { calling: false, taken: null, problem: null };
  let cancel: (() => void) | null = null;
  let notBefore = 0;
  let attempts = 0;
  /** Of the call under way: what another one or the end makes void. */
  let turn = 0;

  function say(change: Partial<WakeCalls>): void {
    said = { ...said, ...change };
    deps.changed();
  }

  function soon(): void {
    cancel ??= clock.after(Math.max(0, notBefore - clock.now()), () => {
      cancel = null;
      if (deps.isWanted()) start(false);
    });
  }

  function start(test: boolean): void {
    const mine = ++turn;
    say({ calling: true });
    const settle = (answer: WakeAnswer): void => {
      if (mine === turn) settled(answer);
    };
    deps.call(test).then(settle, (error: unknown) => settle({ ok: false, why: error instanceof Error ? error.message : "unknown", gone: false, retryAfterMs: null }));
  }

  function settled(answer: WakeAnswer): void {
    if (answer.ok) {
      attempts = 0;
      notBefore = clock.now() + pauseMs;
      return say({ calling: false, taken: deps.now(), problem: null });
    }
    if (answer.gone) return deps.gone(answer.why);
    say({ calling: false, problem: answer.why });
    attempts++;
    const backoff = retryMs * 2 ** (attempts - 1);
    notBefore = clock.now() + Math.min(Math.max(backoff, answer.retryAfterMs ?? 0), longestRetryMs);
    if (attempts < mostAttempts) soon();
  }

  return {
    calls: () => said,
    told() {
      if (!deps.isWanted()) return;
      if (attempts >= mostAttempts) attempts = 0;
      soon();
    },
    test: () => start(true),
    stop() {
      turn++;
      cancel?.();
      cancel = null;
    },
  };
}
