/** Whoever is at the end of a conversation stays there whatever comes in or changes its size, and nobody else is taken there. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "@multichat/testing/chromium";
import { appInBrowser } from "./app-in-browser.ts";
import { distanceFromEnd, middleRow, receive, settled, topOf } from "./message-list.ts";

describe.skipIf(!hasChromium)("the end of a conversation", { timeout: 60_000 }, () => {
  const { open } = appInBrowser({ width: 1200, height: 760 });

  test("is followed when messages come in before the newest, together with others or while one writes", async () => {
    const page = await open("team");
    for (const [what, came] of Object.entries({
      "one before the newest": { before: 1 },
      "some before the newest": { before: 5 },
      "many on both sides": { before: 40, after: 40 },
      "the composer grows": { before: 2, after: 2, written: "one\ntwo" },
      "it is written on in the second line": { written: "one\ntwo words" },
      "it grows on": { before: 2, written: "one\ntwo\nthree\nfour" },
      "it shrinks": { after: 1, written: "one" },
      "it shrinks, and one comes in before": { before: 1, written: "" },
    }))
      expect([what, await afterComing(page, came)]).toEqual([what, 0]);
  });

  test("is followed when what is drawn grows or shrinks, and when the window does", async () => {
    const page = await open("team");
    const resized = async (row: number, height: number) => {
      await page
        .locator("[data-row]")
        .nth(row)
        .evaluate((element, to) => {
          const box =
            element.querySelector<HTMLElement>("[data-box]") ??
            element.appendChild(document.createElement("div"));
          box.dataset["box"] = "";
          box.style.height = `${to}px`;
        }, height);
      await settled(page);
      return distanceFromEnd(page);
    };
    expect(await resized(-1, 300)).toBe(0);
    expect(await resized(-3, 200)).toBe(0);
    expect(await resized(-1, 20)).toBe(0);
    expect(await resized(-3, 900)).toBe(0);
    for (const height of [400, 760, 300, 500]) {
      await page.setViewportSize({ width: 1200, height });
      await settled(page);
      expect(await distanceFromEnd(page)).toBe(0);
    }
    await page.setViewportSize({ width: 1200, height: 760 });
  });

  test("does not take back who left it by one notch of the wheel, until they are there again", async () => {
    const page = await open("team");
    await afterComing(page, { after: 10 });
    await page.locator("[data-messages]").hover();
    await page.mouse.wheel(0, -20);
    await expect.poll(() => distanceFromEnd(page)).toBe(20);
    await settled(page);
    const row = await middleRow(page);
    for (const came of [
      { after: 1 },
      { before: 3, after: 3 },
      { after: 1, written: "one\ntwo" },
      { written: "" },
    ]) {
      await afterComing(page, came);
      expect(await topOf(page, row.id)).toBe(row.top);
    }
    await page.mouse.wheel(0, 100_000);
    await expect.poll(() => distanceFromEnd(page)).toBe(0);
    expect(await afterComing(page, { before: 2, after: 2 })).toBe(0);
  });

  test("is left by the wheel also while messages stream in", async () => {
    const page = await open("team");
    await page.locator("[data-messages]").hover();
    const came = { after: 1 };
    const stream = (async () => {
      for (let i = 0; i < 12; i++) await push(page, came);
    })();
    await page.mouse.wheel(0, -60);
    await expect.poll(() => distanceFromEnd(page)).toBeGreaterThan(30);
    const row = await middleRow(page);
    await stream;
    await settled(page);
    expect(await topOf(page, row.id)).toBe(row.top);
  });

  test("new messages are followed at the end, and counted when the end is out of sight", async () => {
    const page = await open("team");
    await receive(page, "You see this");
    await page.getByRole("article").filter({ hasText: "You see this" }).waitFor();
    await expect.poll(() => distanceFromEnd(page)).toBeLessThan(5);
    await page.locator("[data-messages]").evaluate((element) => (element.scrollTop -= 500));
    await settled(page);
    const row = await middleRow(page);
    await receive(page, "You do not see this");
    await page.getByRole("button", { name: "1 new message", exact: true }).waitFor();
    expect(await topOf(page, row.id)).toBe(row.top);
    await page.getByRole("button", { name: "1 new message", exact: true }).click();
    await expect.poll(() => distanceFromEnd(page)).toBeLessThan(5);
  });

  test("who is at the end stays there when the side pane takes room from the messages and gives it back", async () => {
    const page = await open("team");
    await expect.poll(() => distanceFromEnd(page)).toBeLessThan(1);
    const width = async () => (await page.locator("[data-messages]").boundingBox())!.width;
    const wide = await width();
    for (const [button, narrower] of [
      [/^Members/, true],
      ["About this channel", true],
      ["Close side pane", false],
    ] as const) {
      await page.getByRole("button", { name: button }).click();
      await expect.poll(async () => (await width()) < wide).toBe(narrower);
      await settled(page);
      expect(await distanceFromEnd(page)).toBeLessThan(1);
    }
  });
});

interface Coming {
  /** So many sort in before the newest message. */
  before?: number;
  /** So many come after it. */
  after?: number;
  /** What stands in the composer from then on. */
  written?: string;
}

/** All at once, as when several people write; waits until it is drawn. */
async function push(page: Page, coming: Coming): Promise<void> {
  await page.evaluate(async ({ before = 0, after = 0, written }) => {
    const { app: shown, fake } = window.harness;
    const { route } = shown.store.getState();
    const channel = route.at === "space" ? route.channel! : "";
    const loaded = () => shown.store.getState().timelines[channel]!.messages;
    const [last, newest] = loaded().slice(-2);
    const make = (position: string) => ({
      ...newest!,
      id: `came ${position}`,
      position,
      text: `Came in\n\nat ${position}`,
      own: false,
      deleted: null,
    });
    const number = (index: number) => String(index).padStart(3, "0");
    const messages = [
      ...Array.from({ length: before }, (_, index) => make(`${last!.position}!${number(index)}`)),
      ...Array.from({ length: after }, (_, index) => make(`${newest!.position}~${number(index)}`)),
    ];
    if (written !== undefined) {
      const area = document.querySelector<HTMLTextAreaElement>("#composer")!;
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")!.set!.call(
        area,
        written,
      );
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    for (const message of messages)
      fake.push("messages", { channel, thread: null, messages: [message] });
    const missing = () => messages.some(({ id }) => !loaded().some((message) => message.id === id));
    while (missing()) await new Promise((resolve) => requestAnimationFrame(resolve));
  }, coming);
}

/** @returns how far the end is away once all has come to rest */
async function afterComing(page: Page, coming: Coming): Promise<number> {
  await push(page, coming);
  await settled(page);
  return distanceFromEnd(page);
}
