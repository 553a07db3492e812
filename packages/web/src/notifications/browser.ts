/**
 * Notifications of the browser's own, while nobody looks at this page. They are shown through a service worker, so that their
 * buttons work also when the page has been closed meanwhile.
 */
import type { InboxItem, Notification } from "@multichat/client/contract";
import { t } from "../i18n/messages.ts";
import { followNotification } from "../state/jump.ts";
import { plainText } from "../state/plain-text.ts";
import { openSheet, type App } from "../state/store.ts";
import { permission } from "./permission.ts";
import { playSound } from "./sound.ts";

const worker = "/notifications-worker.js";
/** What the worker showed by itself while no page was open. */
const waitingTag = "waiting";

export function startNotifications(app: App): void {
  const { client } = app;
  if (permission() !== "unsupported") {
    navigator.serviceWorker.addEventListener("message", ({ data }: MessageEvent<{ open?: { space: string; channel: string; id: string } | null }>) => {
      if (data.open) void followNotification(app, data.open);
      else if (data.open === null) openSheet(app, { kind: "inbox" });
    });
  }
  client.on("notification", (notification) => {
    if (notification.sound) playSound();
    if (permission() === "granted" && !isLookedAt()) void registration().then((found) => found && show(found, notification));
  });
  const gone = (ids: readonly string[]) => {
    if (permission() === "granted") void registration().then((found) => found && close(found, new Set(ids)));
  };
  client.on("notification-gone", ({ ids }) => gone(ids));
  client.on("inbox", ({ unread }) => unread === 0 && gone([waitingTag]));
}

let registered: Promise<ServiceWorkerRegistration | null> | null = null;

/** Null where the browser refuses it, as in private windows: there the inbox is what tells. */
export function registration(): Promise<ServiceWorkerRegistration | null> {
  registered ??= navigator.serviceWorker.register(worker).then(() => navigator.serviceWorker.ready, () => null);
  return registered;
}

function isLookedAt(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

async function show(registration: ServiceWorkerRegistration, notification: Notification): Promise<void> {
  const { item, kind } = notification;
  const { message } = item;
  const one = kind === "one" && message !== null && item.channel !== null;
  await registration.showNotification(titleOf(notification), {
    body: bodyOf(notification),
    tag: notification.id,
    icon: "/icon.svg",
    silent: true,
    data: one ? { space: message.space, channel: message.channel, thread: message.thread, id: message.id } : null,
    ...(one && { actions: [{ action: "reply", type: "text", title: t("notification.reply") }, { action: "read", title: t("notification.read") }] }),
  } as NotificationOptions);
}

async function close(registration: ServiceWorkerRegistration, ids: ReadonlySet<string>): Promise<void> {
  for (const shown of await registration.getNotifications()) if (ids.has(shown.tag)) shown.close();
}

export function titleOf({ kind, count, item, places }: Notification): string {
  if (kind === "one") return t(`inbox.cause.${item.cause}`, causeValues(item));
  if (kind === "more") return t("notification.more", { count, place: places[0]?.name ?? "" });
  return t(kind === "many" ? "notification.many" : "notification.missed", { count, places: places.length });
}

function bodyOf({ kind, item, places }: Notification): string {
  if (kind !== "one") return places.map(({ name, count }) => `${name} (${count})`).join(", ");
  return item.message ? plainText(item.message) : "";
}

function causeValues({ who, keyword, emoji }: InboxItem): Record<string, string> {
  return { name: who?.name ?? t("inbox.somebody"), keyword: keyword ?? "", emoji: emoji ?? "" };
}
