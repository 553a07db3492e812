/** Answers notifications: opens what they are about, marks it read, or sends a reply. The local API knows this browser by its cookie. */

async function command(name, params) {
  const answer = await fetch("/api/v1/command", {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ command: name, params }),
  });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
}

function placeOf({ channel, thread }) {
  return thread ? { channel, thread } : { channel };
}

async function open(place) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages[0] ?? (await self.clients.openWindow(place ? `/#/w/${place.space}/c/${place.channel}/m/${place.id}` : "/"));
  await page?.focus();
  if (pages.length > 0) page.postMessage({ open: place });
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("notificationclick", (event) => {
  const { notification, action, reply } = event;
  const place = notification.data;
  notification.close();
  if (action === "read") event.waitUntil(command("read.mark", { ...placeOf(place), message: place.id }));
  else if (action === "reply" && reply) {
    event.waitUntil(command("message.send", { ...placeOf(place), text: reply }).then(() => command("read.mark", { ...placeOf(place), message: place.id })));
  } else event.waitUntil(open(place));
});
