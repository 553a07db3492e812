/** Bob's browser tells him while he looks elsewhere, as long as he allows it; what he does with a notification works with the tab closed. */
import type { Browser, BrowserContext, Worker } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, launchChromium } from "@multichat/testing/chromium";
import { type Profile, openProfile } from "../support/profile.ts";
import type { TestNode } from "../support/test-node.ts";
import { type Village, createVillage } from "../support/village.ts";

let browser: Browser;
let village: Village;
let alice: TestNode;
let bob: TestNode;
let profile: Profile;
let context: BrowserContext;
/** One for each mention: several in one channel are gathered. */
const channels: Record<string, string> = {};

interface Shown {
  title: string;
  body: string;
  actions: string[];
}

/** A part of what a service worker has; the types here are those of a page. */
interface WorkerScope {
  registration: ServiceWorkerRegistration;
}

/** What the browser shows of this page just now. */
const shown = (worker: Worker): Promise<Shown[]> =>
  worker.evaluate(async () => {
    const { registration } = globalThis as unknown as WorkerScope;
    const all = (await registration.getNotifications()) as (Notification & {
      actions: { action: string }[];
    })[];
    return all.map(({ title, body, actions }) => ({
      title,
      body,
      actions: actions.map(({ action }) => action),
    }));
  });

/** As if somebody had clicked on the one that says so: no browser lets a program do that. */
const click = (worker: Worker, text: string, action: string, reply: string | null): Promise<void> =>
  worker.evaluate(
    async ([body, chosen, answer]) => {
      const { registration } = globalThis as unknown as WorkerScope;
      const all = await registration.getNotifications();
      const waiting: Promise<unknown>[] = [];
      const event = Object.assign(new Event("notificationclick"), {
        notification: all.find((one) => one.body === body),
        action: chosen,
        reply: answer,
        waitUntil: (one: Promise<unknown>) => void waiting.push(one),
      });
      globalThis.dispatchEvent(event);
      await Promise.all(waiting);
    },
    [text, action, reply] as const,
  );

const mention = async (channel: string) =>
  (await alice.say(channels[channel]!, `@Bob, ${channel}`)).id;
/** What is shown of a message comes to the page before this number. */
const untilInInbox = (count: number) =>
  profile.page.getByLabel(`Inbox, ${count} new`).waitFor({ state: "attached" });

/** Chromium loses what is asked for while it is being shown, so nobody asks before that. */
const untilShown = (times: number) =>
  profile.page.locator(`body[data-shown="${times}"]`).waitFor({ state: "attached" });

describe.skipIf(!hasChromium)("notifications of the browser", () => {
  beforeAll(async () => {
    [browser, village] = await Promise.all([launchChromium(), createVillage()]);
    [alice, bob] = await Promise.all([village.node("Alice"), village.node("Bob")]);
    const space = await village.workspace("Team", alice, bob);
    for (const name of ["denied", "granted", "revoked", "reply", "mark"]) {
      channels[name] = (await alice.call("channel.create", { space: space.id, name })).channel.id;
    }
    profile = await openProfile(browser, bob);
    context = profile.page.context();
    await profile.composer().waitFor();
    await profile.page.evaluate(() => {
      // He looks at another window.
      document.hasFocus = () => false;
      const { showNotification } = ServiceWorkerRegistration.prototype;
      ServiceWorkerRegistration.prototype.showNotification = async function (...given) {
        await showNotification.apply(this, given);
        document.body.dataset["shown"] = `${Number(document.body.dataset["shown"] ?? 0) + 1}`;
      };
    });
    await profile.page.evaluate(() => (location.hash = "#/settings/notifications"));
  });
  afterAll(async () => {
    await browser?.close();
    await village?.[Symbol.asyncDispose]();
  });

  test("while they are not allowed the inbox says it; allowed, one is shown and goes when it is read; forbidden again, none is", async () => {
    await profile.sees("This browser was told not to show notifications");
    await mention("denied");
    await untilInInbox(1);
    expect(context.serviceWorkers()).toEqual([]);

    await context.grantPermissions(["notifications"]);
    await profile.sees("This browser shows notifications while you look elsewhere.");
    const coming = context.waitForEvent("serviceworker");
    const message = await mention("granted");
    const worker = await coming;
    await untilShown(1);
    expect(await shown(worker)).toEqual([
      { title: "Alice mentioned you", body: "@Bob, granted", actions: ["reply", "read"] },
    ]);
    await bob.call("read.mark", { channel: channels["granted"]!, message });
    await expect.poll(() => shown(worker)).toEqual([]);

    await context.clearPermissions();
    await context.grantPermissions(["clipboard-read"]);
    await profile.sees("This browser was told not to show notifications");
    await mention("revoked");
    await untilInInbox(2);
    await context.grantPermissions(["notifications"]);
    await mention("reply");
    await mention("mark");
    await untilShown(3);
    expect((await shown(worker)).map(({ body }) => body).toSorted()).toEqual([
      "@Bob, mark",
      "@Bob, reply",
    ]);
    expect(profile.complaints).toEqual([]);
  });

  test("with the tab closed a reply is sent; what was replied to, and what was marked, is read", async () => {
    const worker = context.serviceWorkers()[0]!;
    await profile.page.close();
    await click(worker, "@Bob, reply", "reply", "Yes, I am here");
    await alice.until("Alice has the reply", async () => {
      const { messages } = await alice.call("message.list", { channel: channels["reply"]! });
      return messages.some(({ text }) => text === "Yes, I am here");
    });
    await click(worker, "@Bob, mark", "read", null);
    const { channels: unread } = await bob.call("unread.get", {});
    expect(unread.map(({ name }) => name).toSorted()).toEqual(["denied", "revoked"]);
    expect(await shown(worker)).toEqual([]);
  });
});
