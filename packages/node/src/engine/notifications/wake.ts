/**
 * Waking another device of the person while nobody looks here (spec/14-notifications.md, Waking): an address that they chose is called,
 * with nothing in it that says from whom or what. Never in the way of anything: it fails by itself, says so, and is tried again.
 */
import type { Clock, Store } from "@multichat/core/ports";
import type { Wake } from "@multichat/client/contract";

/** However much happens, a call this often at most. */
const pauseMs = 60_000;
const retryMs = 30_000;
const longestRetryMs = 60 * 60_000;
const mostAttempts = 8;
const addressKey = "wake/address";

/** Answers when it was taken. @throws Error saying in words why it was not */
export type CallWake = (url: string) => Promise<void>;

export interface WakeUp {
  get(): Wake;
  /** Null: none any more. */
  set(url: string | null): void;
  /** Something was shown. */
  told(): void;
  stop(): void;
}

export function createWakeUp(deps: {
  store: Pick<Store, "setting" | "putSetting" | "transaction">;
  clock: Clock;
  /** Somebody looks here: a tab is open, or a program listens. */
  isWatched(): boolean;
  /** Anything is left to look at. */
  isUnread(): boolean;
  call: CallWake;
  changed(): void;
}): WakeUp {
  const { store, clock } = deps;
  let problem: string | null = null;
  let cancel: (() => void) | null = null;
  let notBefore = 0;
  let attempts = 0;
  /** Of the call under way: what another address or the end makes void. */
  let turn = 0;

  const url = (): string | null => store.setting(addressKey);

  function say(next: string | null): void {
    if (problem === next) return;
    problem = next;
    deps.changed();
  }

  function soon(): void {
    cancel ??= clock.after(Math.max(0, notBefore - clock.now()), () => {
      cancel = null;
      start();
    });
  }

  function start(): void {
    const to = url();
    if (to === null || deps.isWatched() || !deps.isUnread()) return;
    const mine = ++turn;
    deps.call(to).then(
      () => settled(mine, null),
      (error: unknown) => settled(mine, error instanceof Error ? error.message : "unknown"),
    );
  }

  function settled(mine: number, failure: string | null): void {
    if (mine !== turn) return;
    say(failure);
    attempts = failure === null ? 0 : attempts + 1;
    notBefore = clock.now() + (failure === null ? pauseMs : Math.min(retryMs * 2 ** (attempts - 1), longestRetryMs));
    if (failure !== null && attempts < mostAttempts) soon();
  }

  function forget(): void {
    turn++;
    cancel?.();
    cancel = null;
    attempts = 0;
    notBefore = 0;
  }

  return {
    get: () => ({ url: url(), problem }),
    set(next) {
      forget();
      problem = null;
      store.transaction(() => store.putSetting(addressKey, next));
      deps.changed();
    },
    told() {
      if (url() === null || deps.isWatched()) return;
      if (attempts >= mostAttempts) attempts = 0;
      soon();
    },
    stop: forget,
  };
}
