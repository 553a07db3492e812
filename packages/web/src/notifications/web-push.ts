/** This browser and its push service: through it the browser is told while no page of this app is open (spec/14-notifications.md, Web Push). */
import type { App } from "../state/store.ts";
import { registration } from "./browser.ts";
import { askPermission, permission } from "./permission.ts";
import { keepWorkerWords } from "./worker-words.ts";

/** Why this browser cannot be told; null: nothing is known to be in the way. */
export type PushObstacle = "unsupported" | "denied" | "noService";

export function pushObstacle(): PushObstacle | null {
  if (permission() === "unsupported" || !("PushManager" in window)) return "unsupported";
  return permission() === "denied" ? "denied" : null;
}

/** What this browser is called by at its push service; null: not subscribed. */
export async function ownEndpoint(): Promise<string | null> {
  if (permission() !== "granted" || pushObstacle()) return null;
  const subscription = await (await registration())?.pushManager.getSubscription();
  return subscription?.endpoint ?? null;
}

/** To be called from a click. Answers why it cannot be; null: this browser is told from now on. */
export async function subscribe({ client }: App): Promise<PushObstacle | null> {
  await askPermission();
  if (permission() !== "granted") return pushObstacle() ?? "denied";
  const worker = await registration();
  if (!worker) return "unsupported";
  const { key } = await client.call("wake.key", {});
  // An old one may be of another key, or one that the push service has ended.
  await (await worker.pushManager.getSubscription())?.unsubscribe();
  const subscription = await worker.pushManager
    .subscribe({ userVisibleOnly: true, applicationServerKey: key })
    .catch((error: unknown) => {
      // What browsers answer that have no push service, or do not reach it.
      if (error instanceof DOMException) return null;
      throw error;
    });
  if (!subscription) return "noService";
  const { endpoint, keys } = subscription.toJSON();
  await keepWorkerWords();
  await client.call("wake.subscribe", {
    endpoint: endpoint!,
    p256dh: keys!["p256dh"]!,
    auth: keys!["auth"]!,
  });
  return null;
}

export async function unsubscribe({ client }: App, endpoint: string): Promise<void> {
  await client.call("wake.unsubscribe", { endpoint });
  const subscription = await (await registration())?.pushManager.getSubscription();
  if (subscription?.endpoint === endpoint) await subscription.unsubscribe();
}
