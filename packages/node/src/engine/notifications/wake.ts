/**
 * Waking the person while nobody looks here (spec/14-notifications.md, Waking): an address that they chose is called, and the
 * browsers that asked for it through their push services, with nothing in it that says from whom or what.
 */
import type { Clock, Store } from "@multichat/core/ports";
import type { Wake, WakeCalls } from "@multichat/client/contract";
import type { VapidKey } from "../../web-push/vapid.ts";
import { Failure } from "../failure.ts";
import { type PushSubscription, createPushSubscriptions } from "./push-subscriptions.ts";
import { type WakeAnswer, type WakeTarget, createWakeTarget } from "./wake-target.ts";

/** A person has a few; each is one more call. */
const mostBrowsers = 10;
const addressKey = "wake/address";
const idle: WakeCalls = { calling: false, taken: null, problem: null };

export type BrowserAddress = Pick<PushSubscription, "endpoint" | "p256dh" | "auth">;

/** How others are called: over the network. */
export interface CallWake {
  address(url: string): Promise<WakeAnswer>;
  /** @param text what only that browser is to read */
  browser(to: BrowserAddress, key: VapidKey, text: string): Promise<WakeAnswer>;
  newKey(): VapidKey;
}

export interface WakeUp {
  get(): Wake;
  /** Null: none any more. */
  set(url: string | null): void;
  /** By which browsers know this device, in base64url. */
  key(): string;
  /** A known one is taken anew. @throws Failure */
  subscribe(browser: BrowserAddress): void;
  unsubscribe(endpoint: string): void;
  /** Calls all of them at once, or this browser, or (null) the address. */
  test(only?: string | null): void;
  /** Something was shown. */
  told(): void;
  stop(): void;
}

export function createWakeUp(deps: {
  store: Pick<Store, "setting" | "settings" | "putSetting" | "transaction">;
  clock: Clock;
  now(): number;
  /** Somebody looks here: a tab is open, or a program listens. */
  isWatched(): boolean;
  /** How much is left to look at. */
  unread(): number;
  call: CallWake;
  changed(): void;
}): WakeUp {
  const { store, call } = deps;
  const subscriptions = createPushSubscriptions(store, () => call.newKey());
  const browsers = new Map<string, WakeTarget>();
  let address = addressTarget(store.setting(addressKey));
  for (const one of subscriptions.all()) if (one.ended === null) browsers.set(one.endpoint, browserTarget(one));

  function target(calls: (test: boolean) => Promise<WakeAnswer>, gone: (why: string) => void): WakeTarget {
    return createWakeTarget({ clock: deps.clock, now: deps.now, changed: deps.changed, isWanted: () => !deps.isWatched() && deps.unread() > 0, call: calls, gone });
  }

  function addressTarget(url: string | null): WakeTarget | null {
    // It is the person's own: whatever it answers, only they take it away.
    return url === null ? null : target(async () => stays(await call.address(url)), () => undefined);
  }

  function browserTarget(browser: PushSubscription): WakeTarget {
    const text = (test: boolean): string => JSON.stringify(test ? { test } : { unread: deps.unread() });
    return target(
      (test) => call.browser(browser, subscriptions.key(), text(test)),
      (why) => {
        forget(browser.endpoint);
        subscriptions.put({ ...browser, p256dh: "", auth: "", ended: why });
        deps.changed();
      },
    );
  }

  function forget(endpoint: string): void {
    browsers.get(endpoint)?.stop();
    browsers.delete(endpoint);
  }

  function targets(only?: string | null): WakeTarget[] {
    const found = only === undefined ? [address, ...browsers.values()] : [only === null ? address : browsers.get(only)];
    return found.filter((one) => one != null);
  }

  return {
    get: () => ({
      url: store.setting(addressKey),
      ...(address?.calls() ?? idle),
      browsers: subscriptions.all().map(({ endpoint, at, ended }) => ({
        endpoint, at,
        service: new URL(endpoint).host,
        ended: ended !== null,
        ...(browsers.get(endpoint)?.calls() ?? { ...idle, problem: ended }),
      })),
    }),
    set(url) {
      address?.stop();
      address = addressTarget(url);
      store.transaction(() => store.putSetting(addressKey, url));
      deps.changed();
    },
    key: () => subscriptions.key().publicKey,
    subscribe({ endpoint, p256dh, auth }) {
      const others = subscriptions.all().filter((one) => one.endpoint !== endpoint);
      if (others.length >= mostBrowsers) throw new Failure("bad-request", `${mostBrowsers} browsers are told already. Take one away first.`);
      const browser: PushSubscription = { endpoint, p256dh, auth, at: deps.now(), ended: null };
      forget(endpoint);
      subscriptions.put(browser);
      browsers.set(endpoint, browserTarget(browser));
      deps.changed();
    },
    unsubscribe(endpoint) {
      forget(endpoint);
      subscriptions.remove(endpoint);
      deps.changed();
    },
    test(only) {
      for (const one of targets(only)) one.test();
    },
    told() {
      for (const one of targets()) one.told();
    },
    stop() {
      for (const one of targets()) one.stop();
    },
  };
}

function stays(answer: WakeAnswer): WakeAnswer {
  return answer.ok ? answer : { ...answer, gone: false };
}
