/** The browsers that asked this device to be called through their push service, and the key it does that with (spec/14-notifications.md, Web Push). */
import type { Store } from "@multichat/core/ports";
import type { VapidKey } from "../../web-push/vapid.ts";

export interface PushSubscription {
  /** The address at the push service that stands for this browser. */
  endpoint: string;
  /** The browser's keys, in base64url. */
  p256dh: string;
  auth: string;
  /** Since when, ms. */
  at: number;
  /** The push service no longer knows it: why, in words. It stays until the browser subscribes anew, so that its person learns of it. */
  ended: string | null;
}

const prefix = "wake/browser/";
const keyName = "wake/key";

export interface PushSubscriptions {
  /** The oldest first. */
  all(): PushSubscription[];
  put(subscription: PushSubscription): void;
  remove(endpoint: string): void;
  /** Made when it is first asked for. */
  key(): VapidKey;
}

export function createPushSubscriptions(store: Pick<Store, "setting" | "settings" | "putSetting" | "transaction">, newKey: () => VapidKey): PushSubscriptions {
  const write = (key: string, value: string | null): void => store.transaction(() => store.putSetting(key, value));
  return {
    all: () => store.settings(prefix).map(({ value }) => JSON.parse(value) as PushSubscription).sort((a, b) => a.at - b.at),
    put: (subscription) => write(prefix + subscription.endpoint, JSON.stringify(subscription)),
    remove: (endpoint) => write(prefix + endpoint, null),
    key() {
      const kept = store.setting(keyName);
      if (kept !== null) return JSON.parse(kept) as VapidKey;
      const key = newKey();
      write(keyName, JSON.stringify(key));
      return key;
    },
  };
}
