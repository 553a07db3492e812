/** Messages that disappear, and drafts that go with the person, in a real browser. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "@multichat/testing/chromium";
import { appInBrowser } from "./app-in-browser.ts";
import { asked } from "./asked.ts";
import { idOf } from "./fake/world.ts";

const general = idOf("channel Garden Club general");

describe.skipIf(!hasChromium)("messages that disappear", { timeout: 60_000 }, () => {
  const { open } = appInBrowser({ width: 1200, height: 760 });
  const row = (page: Page, text: string) => page.locator("[data-row]", { hasText: text });

  test("a message gets a timer, by itself alone, and the next one none", async () => {
    const page = await open("team");
    const composer = page.locator("#composer");
    await composer.fill("for an hour");
    await page.getByRole("button", { name: "Let this message disappear" }).click();
    await page.getByRole("menuitemradio", { name: "1 hour" }).click();
    await page.getByText("This message disappears 1 hour after it is sent.").waitFor();
    expect(await composer.evaluate((area) => area === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    await composer.fill("for good");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Let this message disappear" }).click();
    await page.getByRole("menuitem", { name: "Another time…" }).click();
    await page.getByLabel("How many").fill("3");
    await page.getByRole("button", { name: "Use this time" }).click();
    await page.getByText("This message disappears 3 days after it is sent.").waitFor();
    await page.getByRole("button", { name: "Take the timer off" }).click();
    await composer.fill("for good too");
    await composer.press("Enter");
    const sent = (await asked(page, "message.send")) as { expiresIn?: number }[];
    expect(sent.map(({ expiresIn }) => expiresIn)).toEqual([3_600_000, undefined, undefined]);
  });

  test("all members read how long messages stay and by whom; shortening it is asked about first", async () => {
    const page = await open("team");
    await change(page, { retention: 604_800, own: 604_800, policy: 2_592_000 });
    await page.getByRole("button", { name: "Messages here disappear after 7 days." }).click();
    const details = page.getByRole("complementary");
    await details
      .getByText(
        "Messages here disappear after 7 days, set by Bruno. This workspace’s policy is 30 days.",
      )
      .waitFor();
    await page
      .locator("#composer-hint", { hasText: "Messages here disappear after 7 days." })
      .waitFor();
    const choice = details.getByLabel("Messages here disappear");
    await choice.selectOption("After 1 day");
    const dialog = page.getByRole("dialog", { name: "Let messages disappear after 1 day?" });
    await dialog.getByRole("button", { name: "Cancel" }).click();
    expect(await asked(page, "channel.retention")).toEqual([]);
    await choice.selectOption("After 1 day");
    await dialog.getByRole("button", { name: "Let them disappear" }).click();
    await details.getByText("Messages here disappear after 1 day, set by").waitFor();
    await choice.selectOption("Never");
    await details.getByText("Messages here stay until somebody deletes them.").waitFor();
    expect(await asked(page, "channel.retention")).toEqual([
      { channel: general, seconds: 86_400 },
      { channel: general, seconds: 0 },
    ]);
  });

  test("who may not change it reads why", async () => {
    const page = await open("team");
    await change(page, {
      retention: 604_800,
      own: 604_800,
      policy: null,
      why: "Your role here does not include this.",
    });
    await page.getByRole("button", { name: "Messages here disappear after 7 days." }).click();
    const details = page.getByRole("complementary");
    expect(await details.getByLabel("Messages here disappear").isDisabled()).toBe(true);
    await details.getByText("Your role here does not include this.").last().waitFor();
  });

  test("a change stands between the messages it came between", async () => {
    const page = await open("team");
    await change(page, { retention: 604_800, own: 604_800, policy: null });
    const line = page.getByText("Bruno set messages here to disappear after 7 days");
    await line.waitFor();
    const [before, after] = await page.evaluate((channel) => {
      const { messages } = window.harness.app.store.getState().timelines[channel]!;
      return messages.slice(-2).map(({ id }) => id);
    }, general);
    const top = async (selector: string): Promise<number> =>
      (await page.locator(selector).boundingBox())!.y;
    const middle = (await line.boundingBox())!.y;
    expect(await top(`[data-message="${before}"]`)).toBeLessThan(middle);
    expect(await top(`[data-message="${after}"]`)).toBeGreaterThan(middle);
  });

  test("a message counts down and leaves, also from what quotes it", async () => {
    const page = await open("team");
    await page.evaluate((channel) => {
      const { app, fake } = window.harness;
      const last = app.store.getState().timelines[channel]!.messages.at(-1)!;
      const short = {
        ...last,
        id: "a".repeat(64),
        position: `${last.position}a`,
        text: "soon gone",
        expires: Date.now() + 90_000,
      };
      const answer = {
        ...last,
        id: "b".repeat(64),
        position: `${last.position}b`,
        text: "an answer",
        reply: { id: short.id, author: last.author, text: "soon gone", position: short.position, imported: null },
      };
      fake.push("messages", { channel, thread: null, messages: [short, answer] });
    }, general);
    const timer = row(page, "soon gone").first().getByRole("timer");
    await timer.waitFor();
    expect(await timer.textContent()).toMatch(/disappears in 1 minute|disappears in 90 seconds/u);
    await page.clock.runFor(91_000);
    await expect.poll(() => row(page, "soon gone").count()).toBe(0);
    await row(page, "an answer").waitFor();
    await row(page, "an answer").getByText("The answered message is gone.").waitFor();
  });
});

describe.skipIf(!hasChromium)("drafts", { timeout: 60_000 }, () => {
  const { open } = appInBrowser({ width: 1200, height: 760 });
  const key = `draft/${general}`;
  const elsewhere = (page: Page, text: string | null) =>
    page.evaluate(
      ([to, said]) =>
        window.harness.fake.push("own", {
          key: to!,
          value: said === null ? null : JSON.stringify({ text: said, picks: [] }),
        }),
      [key, text] as const,
    );

  test("go to the other devices when the typing pauses, and are gone there when they are sent", async () => {
    const page = await open("team");
    const composer = page.locator("#composer");
    await composer.pressSequentially("half a thought");
    expect(await asked(page, "own.set")).toEqual([]);
    await page.clock.runFor(1_100);
    await expect
      .poll(() => asked(page, "own.set"))
      .toEqual([{ key, value: JSON.stringify({ text: "half a thought", picks: [] }) }]);
    await page.keyboard.press("Enter");
    await page.clock.runFor(10);
    await expect
      .poll(async () => (await asked(page, "own.set")).at(-1))
      .toEqual({ key, value: null });
    expect(await composer.inputValue()).toBe("");
  });

  test("come from the other devices, but not into what is being typed", async () => {
    const page = await open("team");
    const composer = page.locator("#composer");
    await elsewhere(page, "begun on the phone");
    await expect.poll(() => composer.inputValue()).toBe("begun on the phone");
    await composer.press("End");
    await composer.pressSequentially(", ended here");
    await elsewhere(page, "from the phone again");
    expect(await composer.inputValue()).toBe("begun on the phone, ended here");
    await page.clock.runFor(1_100);
    await expect
      .poll(async () => (await asked(page, "own.set")).at(-1))
      .toEqual({
        key,
        value: JSON.stringify({ text: "begun on the phone, ended here", picks: [] }),
      });
    await elsewhere(page, null);
    await expect.poll(() => composer.inputValue()).toBe("");
  });
});

interface Said {
  retention: number;
  own: number;
  policy: number | null;
  why?: string;
}

/** What the channel shown says from now on: Bruno changed it between its last two messages. */
async function change(page: Page, said: Said): Promise<void> {
  await page.evaluate(
    ([channel, { retention, own, policy, why }]) => {
      const { app } = window.harness;
      const { timelines, channels } = app.store.getState();
      const [before] = timelines[channel]!.messages.slice(-2);
      const by = { id: "c".repeat(64), name: "Bruno" };
      const one = (of: "channel" | "space", seconds: number) => ({
        id: of,
        of,
        seconds,
        by,
        at: before!.time + 1,
        position: `${before!.position}~`,
      });
      const found = channels[channel]!;
      const permissions = found.permissions.map((right) =>
        why !== undefined && right.permission === "manage-channels"
          ? { ...right, allowed: false, why }
          : right,
      );
      const retentionChanges = [
        ...(policy === null ? [] : [one("space", policy)]),
        one("channel", own),
      ];
      app.store.setState({
        channels: {
          ...channels,
          [channel]: { ...found, retention, retentionChanges, permissions },
        },
      });
    },
    [general, said] as const,
  );
}
