/** The few words that the service worker says by itself, in the language of this page: kept where it finds them when no page is open. */
import { t } from "../i18n/messages.ts";

const address = "/notification-words";

export async function keepWorkerWords(): Promise<void> {
  const words = {
    waiting: t("push.waiting"),
    test: t("push.testWorks"),
    reply: t("notification.reply"),
    read: t("notification.read"),
  };
  const cache = await caches.open("notifications");
  await cache.put(address, Response.json(words));
}
