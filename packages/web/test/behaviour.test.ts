/** How the conversation behaves in a real browser: what moves, what stays, and what is said. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { appInBrowser } from "./app-in-browser.ts";
import { hasChromium } from "@multichat/testing/chromium";
import { middleRow, receive, settled, topOf } from "./message-list.ts";

describe.skipIf(!hasChromium)("the conversation", { timeout: 60_000 }, () => {
  const { open } = appInBrowser({ width: 1200, height: 760 });

  test("a sent message shows at once as being saved, and its row stays when it is stored", async () => {
    const page = await open("team");
    await page.evaluate(() => window.harness.fake.hold());
    await page.fill("#composer", "A new one");
    await page.keyboard.press("Enter");
    const row = page.locator("[data-row]", { hasText: "A new one" });
    await row.locator("[data-delivery=saving]").waitFor();
    const element = await row.elementHandle();
    const top = (await row.boundingBox())!.y;
    await page.evaluate(() => window.harness.fake.release());
    await row.locator("[data-delivery=stored]").waitFor();
    expect(await element!.evaluate((node) => node.isConnected)).toBe(true);
    expect((await row.boundingBox())!.y).toBe(top);
    expect(await row.count()).toBe(1);
    await expect.poll(() => page.inputValue("#composer")).toBe("");
  });

  test("a message that could not be stored keeps its text, and goes out when tried again", async () => {
    const page = await open("team");
    await page.evaluate(() => (window.harness.fake.failSends = true));
    await page.fill("#composer", "Keep me");
    await page.keyboard.press("Enter");
    const unsent = page.getByRole("listitem").filter({ hasText: "Keep me" });
    await unsent.getByText("The disk is full").waitFor();
    expect(await page.locator("[data-row]", { hasText: "Keep me" }).count()).toBe(0);
    await page.evaluate(() => (window.harness.fake.failSends = false));
    await unsent.getByRole("button", { name: "Send again" }).click();
    await page.locator("[data-row]", { hasText: "Keep me" }).waitFor();
    await unsent.waitFor({ state: "detached" });
  });

  test("what is read stays put while older messages load above it", async () => {
    const page = await open("big");
    await page.evaluate(() => window.harness.fake.hold());
    const timeline = () =>
      page.evaluate(() => {
        const { loading, messages } = Object.values(
          window.harness.app.store.getState().timelines,
        )[0]!;
        return { loading, loaded: messages.length };
      });
    const before = (await timeline()).loaded;
    await page.locator("[data-messages]").evaluate((element) => (element.scrollTop = 1_500));
    await expect.poll(timeline).toEqual({ loading: "older", loaded: before });
    await settled(page);
    const row = await middleRow(page);
    await page.evaluate(() => window.harness.fake.release());
    await expect.poll(async () => (await timeline()).loaded).toBeGreaterThan(before);
    await settled(page);
    expect(Math.abs((await topOf(page, row.id)) - row.top)).toBeLessThanOrEqual(2);
  });

  test("what was read out of a message leaves the page when it is deleted, is gone, or its channel is left", async () => {
    const page = await open("team");
    const region = page.locator("body > [role=status]");
    const hear = async (text: string) => {
      await receive(page, text);
      await page.clock.runFor(1_000);
      await expect.poll(() => region.textContent()).toContain(text);
    };
    await hear("This was a mistake");
    await takeNewestBack(page, "deleted");
    await expect.poll(() => region.textContent()).not.toContain("a mistake");
    await hear("Not shown any more");
    await takeNewestBack(page, "gone");
    await expect.poll(() => region.textContent()).not.toContain("any more");
    await hear("Only in this channel");
    await page.getByRole("link", { name: "founders" }).click();
    await expect.poll(() => region.textContent()).not.toContain("this channel");
  });

  test("a name in a message opens the profile card by mouse and by keyboard, and focus comes back", async () => {
    const page = await open("team");
    const row = page
      .locator("[data-row]")
      .filter({ has: page.getByRole("button", { name: "Carol", exact: true }) })
      .last();
    await row.getByRole("button", { name: "Carol", exact: true }).click();
    const card = page.getByRole("dialog", { name: "Carol" });
    await card.getByText("Member since").waitFor();
    await row.getByRole("button", { name: "Carol", exact: true }).click();
    await card.waitFor({ state: "detached" });
    await row.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await card.waitFor();
    await page.keyboard.press("Escape");
    await card.waitFor({ state: "detached" });
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Carol");
    await page.keyboard.press("ArrowLeft");
    await expect
      .poll(() => row.evaluate((element) => element === document.activeElement))
      .toBe(true);
  });

  test("a workspace opens at its general channel, and later where one left it", async () => {
    const page = await open("team");
    const heading = (name: string) =>
      page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
    const go = (label: RegExp) =>
      page
        .getByRole("navigation", { name: "Workspaces" })
        .getByRole("button", { name: label })
        .click();
    await page.getByRole("link", { name: "founders" }).click();
    await heading("founders");
    await go(/^家族/);
    await page.getByRole("heading", { level: 1, name: "家族" }).waitFor();
    await go(/^Garden Club/);
    await heading("founders");
    expect(await page.evaluate(() => localStorage.getItem("multichat.lastChannel"))).toContain(
      await page.evaluate(() => location.hash.split("/")[4]!),
    );
    // Unread messages elsewhere do not change where a workspace opens first.
    await page.evaluate(() => {
      const { store } = window.harness.app;
      store.setState({ lastChannel: {} });
    });
    await go(/^家族/);
    await go(/^Garden Club/);
    await heading("general");
  });

  test("an empty field runs as the page does, and a text as it is written", async () => {
    const page = await open("team", {}, { language: "ar" });
    const composer = page.locator("#composer");
    const direction = () => composer.evaluate((area) => getComputedStyle(area).direction);
    expect(await direction()).toBe("rtl");
    await composer.fill("Plums");
    expect(await direction()).toBe("ltr");
    await composer.fill("برقوق");
    expect(await direction()).toBe("rtl");
  });

  test("the field of the switcher stays where it is while what fits becomes less", async () => {
    for (const width of [1200, 390]) {
      const page = await open("team", { width });
      await page.keyboard.press("Control+k");
      const field = page.getByRole("dialog").getByRole("combobox");
      const before = (await field.boundingBox())!.y;
      const options = page.getByRole("dialog").getByRole("option");
      const many = await options.count();
      await field.fill("bruno");
      await expect.poll(() => options.count()).toBeLessThan(many);
      expect((await field.boundingBox())!.y).toBe(before);
    }
  });

  test("the first key after Ctrl-K goes to the switcher", async () => {
    const page = await open("team");
    await page.locator("#composer").focus();
    const focus = await page.evaluate(async () => {
      const key = new KeyboardEvent("keydown", {
        key: "k",
        ctrlKey: true,
        bubbles: true,
        cancelable: true,
      });
      document.activeElement!.dispatchEvent(key);
      await Promise.resolve();
      return document.activeElement?.getAttribute("role");
    });
    expect(focus).toBe("combobox");
    await page.keyboard.type("seeds");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "seeds-and-tools" }).waitFor();
    await expect.poll(() => page.inputValue("#composer")).toBe("");
  });

  test("the button that copies code covers none of it where nothing hovers", async () => {
    const page = await open("team", { width: 390, touch: true });
    const block = page.locator(".code-block").first();
    const list = page.locator("[data-messages]");
    await expect
      .poll(() => list.evaluate((element) => (element.scrollTop -= 200)).then(() => block.count()))
      .toBe(1);
    await block.scrollIntoViewIfNeeded();
    const button = (await block.getByRole("button").boundingBox())!;
    const firstLine = await block.locator("code").evaluate((code) => {
      const range = document.createRange();
      range.selectNodeContents(code);
      return range.getClientRects()[0]!.top;
    });
    expect(button.y + button.height).toBeLessThanOrEqual(firstLine);
    expect(
      await block.getByRole("button").evaluate((element) => getComputedStyle(element).opacity),
    ).toBe("1");
  });

  test("hostile text comes out inert", async () => {
    const page = await open("team");
    const html = await page.evaluate(() =>
      [
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "<svg><script>alert(1)</script></svg>",
        "![x](https://example.org/track.gif)",
        "<math><mtext><style><img src onerror=alert(1)>",
      ]
        .map(window.harness.messageHtml)
        .join(""),
    );
    expect(html).not.toMatch(/<(?:img|script|svg|math|style|iframe)/iu);
    expect(html).not.toMatch(/<[^>]+\son|href="javascript/iu);
  });

  test("everything is reached by keyboard: the switcher, a channel, a message and back", async () => {
    const page = await open("team");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("seeds");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "seeds-and-tools" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("general");
    await page.keyboard.press("Enter");
    await page.locator("[data-row]").first().waitFor();
    await page.locator("#composer").focus();
    await page.keyboard.press("Shift+ArrowUp");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.hasAttribute("data-row")))
      .toBe(true);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("composer");
  });

  test("a place that cannot be fetched says so, with room around it", async () => {
    const page = await open("team");
    await page.route(/CatchUp/u, (route) => route.abort());
    // It was perhaps fetched ahead of time already.
    await page.reload();
    await page.locator("html[data-shown]").waitFor();
    await page.getByRole("link", { name: /^Catch up/u }).click();
    const note = page.getByRole("main").getByRole("alert");
    await note.waitFor();
    const [inner, outer] = [await note.boundingBox(), await page.getByRole("main").boundingBox()];
    expect(inner!.x - outer!.x).toBeGreaterThanOrEqual(16);
    expect(inner!.y - outer!.y).toBeGreaterThanOrEqual(16);
    await page.unroute(/CatchUp/u);
  });

  test("what cannot be fetched beside a conversation, or over it, leaves it as it is", async () => {
    const page = await open("team");
    await page.route(/ChannelRetention|ChooseTime/u, (route) => route.abort());
    await page.getByRole("textbox", { name: /^Message to / }).fill("begun");
    await page.getByRole("button", { name: "Send later", exact: true }).click();
    await page.getByRole("menuitem", { name: "Choose a time" }).click();
    await page.getByRole("dialog").getByRole("alert").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "About this channel" }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("feed").isVisible()).toBe(true);
    expect(await page.getByRole("textbox", { name: /^Message to / }).inputValue()).toBe("begun");
    await page.unroute(/ChannelRetention|ChooseTime/u);
  });

  test("the focus comes back from a dialog that asks for a name, and from a side pane", async () => {
    const page = await open("team");
    const focused = () =>
      page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
    await page.getByRole("button", { name: "Create a channel" }).focus();
    // The second time it is there at once, and nothing has the focus in between.
    for (let times = 0; times < 2; times++) {
      await page.keyboard.press("Enter");
      const name = page.getByRole("dialog").getByRole("textbox", { name: "Name" });
      await expect
        .poll(() => name.evaluate((field) => field === document.activeElement))
        .toBe(true);
      await page.keyboard.press("Escape");
      await expect.poll(focused).toBe("Create a channel");
    }

    await page.getByRole("button", { name: "About this channel" }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(focused).toBe("Close side pane");
    await page.keyboard.press("Enter");
    await expect.poll(focused).toBe("About this channel");

    await page.locator("#composer").focus();
    await page.keyboard.press("Shift+ArrowUp");
    const row = await focused();
    await page.keyboard.press("t");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.id))
      .toBe("thread-composer");
    await page.keyboard.press("Escape");
    await expect.poll(focused).toBe(row);
  });

  test("a side pane that is there when the page comes leaves the focus to where one writes", async () => {
    const page = await open("team");
    await page.getByRole("button", { name: "About this channel" }).click();
    await page.reload();
    await page.getByRole("button", { name: "Close side pane" }).waitFor();
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("composer");
  });

  test("fifty thousand loaded messages scroll without long pauses", async () => {
    const page = await open("huge");
    const { median, mostRows } = await page.evaluate(async () => {
      const list = document.querySelector("[data-messages]")!;
      const times: number[] = [];
      const rows: number[] = [];
      for (let step = 0; step < 60; step++) {
        const start = performance.now();
        list.scrollTop -= step % 10 === 9 ? 200_000 : 700;
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
        times.push(performance.now() - start);
        rows.push(document.querySelectorAll("[data-row]").length);
      }
      return { median: times.sort((a, b) => a - b)[30]!, mostRows: Math.max(...rows) };
    });
    expect(mostRows).toBeLessThan(100);
    // Many times what it takes on an idle machine, so that a busy one does not fail it.
    expect(median).toBeLessThan(250);
  });
});

async function takeNewestBack(page: Page, how: "deleted" | "gone"): Promise<void> {
  await page.evaluate((is) => {
    const { app: shown, fake } = window.harness;
    const { route, timelines } = shown.store.getState();
    const channel = route.at === "space" ? route.channel! : "";
    const last = timelines[channel]!.messages.at(-1)!;
    if (is === "gone") fake.push("messages-gone", { channel, thread: null, messages: [last.id] });
    else
      fake.push("messages", {
        channel,
        thread: null,
        messages: [{ ...last, text: "", deleted: { by: last.author, at: last.time } }],
      });
  }, how);
  await settled(page);
}
