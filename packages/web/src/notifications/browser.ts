/**
 * Notifications of the browser's own, while nobody looks at this page. They are shown through a service worker, so that their
 * buttons work also when the page has been closed meanwhile.
 */
import type { InboxItem, Notification } from "@multichat/client/contract";
import { t } from "../i18n/messages.ts";
import { followNotification } from "../state/jump.ts";
import { plainText } from "../state/plain-text.ts";
import { openSheet, type App } from "../state/store.ts";
import { isLookedAt, tellOtherTabs } from "./looked-at.ts";
import { permission } from "./permission.ts";
import { offerSound, playSound } from "./sound.ts";

const worker = "/notifications-worker.js";
/** Tell of several places; `waiting` is what the worker showed by itself while no page was open. */
const ofAllPlaces: ReadonlySet<string> = new Set(["many", "missed", "waiting"]);
/** As many as are asked for at once; where there are more, what is shown stays. */
const mostLooked = 200;

export function startNotifications(app: App): void {
  const { client } = app;
  if (permission() !== "unsupported") {
    navigator.serviceWorker.addEventListener("message", ({ data }: MessageEvent<{ open?: { space: string; channel: string; id: string } | null }>) => {
      if (data.open) void followNotification(app, data.open);
      else if (data.open === null) openSheet(app, { kind: "inbox" });
    });
  }
  tellOtherTabs();
  offerSound();
  client.on("notification", (notification) => {
    if (notification.sound) playSound();
    if (permission() === "granted") void inTurn(async () => (await isLookedAt()) || show(await registration(), notification));
  });
  let known = Infinity;
  client.on("inbox", ({ unread }) => {
    if (unread < known) void takeAway(app);
    known = unread;
  });
  // What was read while no page was open, or this one was not told.
  client.onState((link) => link === "open" && void takeAway(app));
}

/** One after the other, whichever tab it is: Chromium loses what is looked for while it is being shown. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request("notifications", work) as Promise<T>;
}

/** What is shown and tells of nothing unread. */
async function takeAway({ client }: App): Promise<void> {
  if (permission() !== "granted") return;
  const found = await navigator.serviceWorker.getRegistration().catch(() => undefined);
  const shown = found ? await inTurn(() => found.getNotifications()) : [];
  if (shown.length === 0) return;
  // If it fails, the next change looks again.
  const left = await client.call("inbox.list", { unread: true, limit: mostLooked }).catch(() => null);
  if (!left || left.hasOlder) return;
  const tags = new Set(left.items.map(tagOf));
  for (const one of shown) if (!tags.has(one.tag) && !(ofAllPlaces.has(one.tag) && left.unread > 0)) one.close();
}

/** The place that a notification of it is about. */
function tagOf({ channel, thread, cause }: InboxItem): string {
  return channel ? `${channel.id}/${thread ?? ""}` : cause;
}

let registered: Promise<ServiceWorkerRegistration | null> | null = null;

/** Null where the browser refuses it, as in private windows: there the inbox is what tells. */
export function registration(): Promise<ServiceWorkerRegistration | null> {
  registered ??= navigator.serviceWorker.register(worker).then(() => navigator.serviceWorker.ready, () => null);
  return registered;
}

async function show(registration: ServiceWorkerRegistration | null, notification: Notification): Promise<void> {
  const { item, kind } = notification;
  const { message } = item;
  const one = kind === "one" && message !== null && item.channel !== null;
  await registration?.showNotification(titleOf(notification), {
    body: bodyOf(notification),
    tag: notification.id,
    icon: "/icon.svg",
    silent: true,
    data: one ? { space: message.space, channel: message.channel, thread: message.thread, id: message.id, item: item.id } : null,
    ...(one && { actions: [{ action: "reply", type: "text", title: t("notification.reply") }, { action: "read", title: t("notification.read") }] }),
  } as NotificationOptions);
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
