/** Being told while no page is open, and not being told for a while, as one sets it in a real browser. */
import { hasChromium } from "@multichat/testing/chromium";
import type { Page } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import type { App } from "../src/state/store.ts";
import { appInBrowser } from "./app-in-browser.ts";

interface Harness {
  harness: {
    app: App;
    fake: {
      calls: { command: string; params: unknown }[];
      push(name: string, data: unknown): void;
    };
  };
}

describe.skipIf(!hasChromium)("notifications", { timeout: 120_000 }, () => {
  const app = appInBrowser({ width: 1200 });
  let page: Page;
  beforeEach(async () => {
    page = await app.open("settings-notifications");
    await page.context().grantPermissions(["notifications"]);
    await page.reload();
  });
  const here = () => page.getByRole("switch", { name: "Tell me through this browser" });
  const called = (command: string) =>
    page.evaluate(
      (name) =>
        (window as unknown as Harness).harness.fake.calls
          .filter((call) => call.command === name)
          .map(({ params }) => params),
      command,
    );

  test("say plainly that this browser has no push service", async () => {
    await here().click();
    await page.getByText("This browser has no push service").waitFor();
    expect(await here().isChecked()).toBe(false);
    expect(await called("wake.subscribe")).toEqual([]);
  });

  test("come through a push service where there is one, can be tried, and are switched off again", async () => {
    await page.evaluate(pretendPushService);
    await here().click();
    await page.getByText("Through push.example,").waitFor();
    expect(await called("wake.subscribe")).toEqual([
      { endpoint: "https://push.example/1", p256dh: "key", auth: "auth" },
    ]);
    const words = await page.evaluate(async () =>
      (await caches.match("/notification-words"))!.json(),
    );
    expect(words).toMatchObject({ waiting: "Something new is waiting for you" });
    await page.getByRole("button", { name: "Try it" }).first().click();
    await page.getByText(/^Last called/).waitFor();
    await here().click();
    await expect.poll(() => here().isChecked()).toBe(false);
    expect(await called("wake.unsubscribe")).toEqual([{ endpoint: "https://push.example/1" }]);
  });

  test("call an address, say why that failed, and stop", async () => {
    await page.getByText("The last call failed: It answered 503.").waitFor();
    await page.getByText("Its push service no longer knows it.").waitFor();
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    await page.getByText("Its push service no longer knows it.").waitFor({ state: "detached" });
    const address = page.getByRole("textbox", { name: "Tell a web address" });
    await address.fill("http://127.0.0.1:1/mine");
    await page.getByRole("button", { name: "Save address" }).click();
    await page.getByText("Not called yet.").waitFor();
    await page.getByRole("button", { name: "Remove address" }).click();
    await expect.poll(() => address.inputValue()).toBe("");
    expect(await called("wake.set")).toEqual([{ url: "http://127.0.0.1:1/mine" }, { url: null }]);
  });

  test("lead to the message, and from there in one step to why it was told and what to change", async () => {
    page = await app.open("team");
    const row = page.getByRole("article").filter({ hasNotText: "Your message" }).last();
    const id = await row.getAttribute("data-message");
    await page.evaluate((message) => {
      const { route } = (window as unknown as Harness).harness.app.store.getState();
      const open = { ...route, id: message };
      navigator.serviceWorker.dispatchEvent(new MessageEvent("message", { data: { open } }));
    }, id);
    await page.getByRole("button", { name: "Why was I told?" }).click();
    const why = page.getByRole("dialog", { name: "Why was I told, or not?" });
    await why.getByRole("button", { name: "Change that…" }).waitFor();
    await page.getByRole("button", { name: "Change for this channel…" }).click();
    await page.getByRole("dialog").getByRole("combobox", { name: "Mute" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await page.getByRole("button", { name: "Why was I told?" }).count()).toBe(0);
    expect(app.problems).toEqual([]);
  });

  test("stay away while another tab is looked at, sound in one of them, and go when what they tell of was read elsewhere", async () => {
    const other = await page.context().newPage();
    await other.goto(page.url());
    for (const tab of [page, other]) {
      await tab.evaluate(watchTelling);
      await tab.getByRole("heading", { name: "Notifications", exact: true }).first().click();
    }
    const tell = (id: string) =>
      Promise.all([page, other].map((tab) => tab.evaluate(pushNotification, id)));
    const told = (what: string) =>
      Promise.all(
        [page, other].map((tab) => tab.evaluate((of) => document.body.dataset[of] ?? "", what)),
      );
    await other.evaluate(() => (document.hasFocus = () => false));
    await tell("one/");
    await expect.poll(() => told("sounded")).toEqual(["one/", ""]);
    await page.evaluate(() => (document.hasFocus = () => false));
    await page.evaluate(() => window.dispatchEvent(new Event("blur")));
    await tell("two/");
    await expect.poll(async () => (await told("shown")).join("")).toContain("two/");
    expect((await told("shown")).join("")).not.toContain("one/");
    const shown = () =>
      page.evaluate(async () => {
        const { ready } = navigator.serviceWorker;
        return (await (await ready).getNotifications()).map(({ tag }) => tag);
      });
    await expect.poll(shown).toEqual(["two/"]);
    await page.evaluate(() =>
      (window as unknown as Harness).harness.fake.push("inbox", { unread: 0 }),
    );
    await expect.poll(shown).toEqual([]);
    await other.close();
    expect(app.problems).toEqual([]);
  });

  test("pause until they are turned on again", async () => {
    await page
      .getByRole("combobox", { name: "Pause notifications" })
      .selectOption("Until I turn them on again");
    await page.getByText("Notifications are paused for good.").waitFor();
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByRole("combobox", { name: "Pause notifications" }).waitFor();
    expect(app.problems).toEqual([]);
  });
});

/** In the page: notes what is shown, and the tones. */
function watchTelling(): void {
  const note = (what: string, more: string): void => {
    document.body.dataset[what] = (document.body.dataset[what] ?? "") + more;
  };
  const { showNotification } = ServiceWorkerRegistration.prototype;
  ServiceWorkerRegistration.prototype.showNotification = async function (title, options) {
    await showNotification.call(this, title, options);
    note("shown", options!.tag!);
  };
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (when) {
    if (this.frequency.value === 660) note("sounded", document.body.dataset["telling"]!);
    start.call(this, when);
  };
}

/** In the page. */
function pushNotification(id: string): void {
  document.body.dataset["telling"] = id;
  const item = { cause: "request", who: null, keyword: null, emoji: null, channel: null, message: null };
  const notification = { id, kind: "one", count: 1, item, places: [], sound: true };
  (window as unknown as Harness).harness.fake.push("notification", notification);
}

/** In the page, whose browser has none. */
function pretendPushService(): void {
  let subscription: object | null = null;
  const endpoint = "https://push.example/1";
  Object.assign(PushManager.prototype, {
    getSubscription: () => Promise.resolve(subscription),
    subscribe() {
      const unsubscribe = () => {
        subscription = null;
        return Promise.resolve(true);
      };
      const toJSON = () => ({ endpoint, keys: { p256dh: "key", auth: "auth" } });
      subscription = { endpoint, toJSON, unsubscribe };
      return Promise.resolve(subscription);
    },
  });
}
