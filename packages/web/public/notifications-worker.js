/**
 * Shows what came while no page was open, when the push service says that something did (spec/14-notifications.md, Web Push), and
 * answers notifications: opens what they are about, marks it read, or sends a reply. The local API knows this browser by its cookie.
 */

/** What waits is one notification, whose place the next one takes. */
const waitingTag = "waiting";
const mostListed = 100;

async function command(name, params) {
  const answer = await fetch("/api/v1/command", {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ command: name, params }),
  });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return (await answer.json()).value;
}

function placeOf({ channel, thread }) {
  return thread ? { channel, thread } : { channel };
}

/** The page left them here, in the language it speaks (src/notifications/worker-words.ts). */
async function words() {
  const kept = await caches.match("/notification-words");
  return kept ? kept.json() : { waiting: "Multichat", test: "Multichat", reply: "↩", read: "✓" };
}

/** Names in place of mentions, and nothing of what is to be uncovered first. */
function readable({ text, mentions }) {
  const named = mentions.reduce((said, { token, name }) => (name === null ? said : said.replaceAll(token, `@${name}`)), text);
  return named.replaceAll(/\|\|[^]+?\|\|/gu, "▒▒▒");
}

/** In words that are the same in every language: names, numbers, and what was written. */
function shown(items, { waiting, reply, read }) {
  const [newest] = items;
  if (items.length > 1) {
    const places = Map.groupBy(items, ({ place, who }) => place || (who?.name ?? "Multichat"));
    return { title: "Multichat", body: [...places].map(([name, there]) => `${name} (${there.length})`).join(", ") };
  }
  const { id: item, who, message, channel, emoji, place } = newest;
  if (!message || !channel) return { title: who?.name ?? "Multichat", body: waiting };
  return {
    // A conversation of two is called by the other, who wrote.
    title: [...new Set([who?.name, emoji, place])].filter(Boolean).join(" · "),
    body: readable(message),
    data: { space: message.space, channel: message.channel, thread: message.thread, id: message.id, item },
    actions: [
      { action: "reply", type: "text", title: reply },
      { action: "read", title: read },
    ],
  };
}

/** What is unread here now, and made a noise; null where Multichat does not answer. */
async function waitingItems() {
  try {
    const { items } = await command("inbox.list", { unread: true, limit: mostListed });
    return items.filter(({ quiet }) => quiet === null);
  } catch {
    return null;
  }
}

/** Something is shown for every push: browsers want that, and take the permission away otherwise. */
async function pushed(data) {
  const said = await words();
  const items = data.test ? [] : await waitingItems();
  const what = items?.length ? shown(items, said) : { title: "Multichat", body: data.test ? said.test : said.waiting };
  await self.registration.showNotification(what.title, { data: null, ...what, tag: waitingTag, icon: "/icon-192.png", silent: true });
  if (data.unread && "setAppBadge" in navigator) await navigator.setAppBadge(data.unread);
}

/** The push service gave this browser another address: the device that calls it learns that. */
async function subscribeAgain({ oldSubscription, newSubscription }) {
  const { applicationServerKey } = oldSubscription.options;
  const subscription = newSubscription ?? (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }));
  const { endpoint, keys } = subscription.toJSON();
  await command("wake.subscribe", { endpoint, p256dh: keys.p256dh, auth: keys.auth });
  await command("wake.unsubscribe", { endpoint: oldSubscription.endpoint });
}

/** What is said about a message, as a reaction is, is an item of its own: that message may long have been read, and what came before it not. */
function isAbout({ id, item = id }) {
  return item !== id;
}

function done(place) {
  return isAbout(place) ? command("inbox.clear", { items: [place.item] }) : command("read.mark", { ...placeOf(place), message: place.id });
}

async function open(place) {
  const cleared = place && isAbout(place) ? done(place).catch(() => undefined) : null;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages[0] ?? (await self.clients.openWindow(place ? `/#/w/${place.space}/c/${place.channel}/m/${place.id}/told` : "/"));
  await page?.focus();
  if (pages.length > 0) page.postMessage({ open: place });
  await cleared;
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => event.waitUntil(pushed(event.data?.json() ?? {})));
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(subscribeAgain(event)));

/** What could not be sent is shown as it was written, to be sent again. */
async function answer({ title, tag, icon, actions }, place, text) {
  try {
    await command("message.send", { ...placeOf(place), text });
  } catch {
    return self.registration.showNotification(`⚠ ${title}`, { body: text, tag, icon, actions, data: place, silent: true });
  }
  return done(place);
}

self.addEventListener("notificationclick", (event) => {
  const { notification, action, reply } = event;
  const place = notification.data;
  notification.close();
  if (action === "read") event.waitUntil(done(place));
  else if (action === "reply" && reply) {
    event.waitUntil(answer(notification, place, reply));
  } else event.waitUntil(open(place));
});
