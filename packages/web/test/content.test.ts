/** What one does with messages, in a real browser on the in-memory Multichat. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { appInBrowser } from "./app-in-browser.ts";
import { asked } from "./asked.ts";
import { hasChromium } from "@multichat/testing/chromium";
import { rightsBut } from "./fake/rights.ts";
import { idOf } from "./fake/world.ts";
import { settled } from "./message-list.ts";

describe.skipIf(!hasChromium)("messages", { timeout: 60_000 }, () => {
  const { open } = appInBrowser({ width: 1300, height: 860 });
  const row = (page: Page, text: string) => page.locator("[data-row]", { hasText: text });
  const hash = (page: Page) => page.evaluate(() => location.hash);
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);

  test("are reacted to by a chip, by what was used last, and by one looked for in the picker", async () => {
    const page = await open("talk");
    const chip = row(page, "Who takes the watering").getByRole("button", { name: /^🌧️/u });
    expect(await chip.getAttribute("aria-pressed")).toBe("false");
    expect(await chip.getAttribute("title")).toContain("Carol");
    await chip.click();
    await expect.poll(() => chip.getAttribute("aria-pressed")).toBe("true");
    expect(await chip.textContent()).toContain("4");
    await chip.click();
    await expect.poll(() => chip.textContent()).toContain("3");

    const last = row(page, "I will look for it.");
    await last.hover();
    await last.getByRole("button", { name: "React with 👍" }).click();
    await last.getByRole("button", { name: /^👍 1: Ines/u }).waitFor();
    await last.focus();
    await page.keyboard.press("+");
    await page.getByRole("combobox", { name: "Find an emoji" }).waitFor();
    await page.keyboard.type("tada");
    await page.getByRole("option", { name: "party popper" }).waitFor();
    await page.keyboard.press("Enter");
    await last.getByRole("button", { name: /^🎉 1: Ines/u }).waitFor();
    expect((await asked(page, "reaction.set")).at(-1)).toMatchObject({ emoji: "🎉", on: true });
    // It is offered from now on.
    expect(await page.evaluate(() => localStorage.getItem("multichat.recentEmoji"))).toContain(
      "🎉",
    );
  });

  test("are changed in place: by the arrow, with Enter and Escape, and emptied to be deleted", async () => {
    const page = await open("talk");
    await page.locator("#composer").focus();
    await page.keyboard.press("ArrowUp");
    const field = page.getByRole("textbox", { name: "Change the message" });
    await expect.poll(() => field.inputValue()).toBe("I will look for it.");
    await page.keyboard.press("Escape");
    await field.waitFor({ state: "detached" });
    await expect
      .poll(() =>
        row(page, "I will look for it.").evaluate((element) => element === document.activeElement),
      )
      .toBe(true);
    await row(page, "I will look for it.").hover();
    await page.locator("[data-row]:focus [data-actions]").waitFor();
    await page.keyboard.press("e");
    await field.hover();
    // It would lie on what is written.
    expect(await page.locator("[data-row]:has(textarea) [data-actions]").count()).toBe(0);
    await field.fill("I will look for the key.");
    await page.keyboard.press("Enter");
    await row(page, "I will look for the key.").getByRole("button", { name: "edited" }).click();
    await page
      .getByRole("dialog", { name: "Earlier versions" })
      .getByText("I will look for it.")
      .waitFor();
    await page.keyboard.press("Escape");
    await row(page, "look for the key").focus();
    await page.keyboard.press("e");
    await field.fill("");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Delete your message" }).waitFor();
    expect(await asked(page, "message.edit")).toHaveLength(1);
  });

  test("are answered, and the quote leads to what was answered and back", async () => {
    const page = await open("talk");
    await row(page, "the code of the gate").focus();
    await page.keyboard.press("r");
    await page.getByText("the code of the gate").last().waitFor();
    await expect.poll(() => focused(page)).toBe("composer");
    await page.keyboard.type("Thanks");
    await page.keyboard.press("Enter");
    const answer = row(page, "Thanks").filter({ hasText: "the code of the gate" });
    await answer.waitFor();
    expect(await asked(page, "message.send")).toMatchObject([
      { text: "Thanks", reply: expect.stringMatching(/^[0-9a-f]{64}$/u) as string },
    ]);

    await row(page, "I can do the morning.")
      .getByRole("button", { name: /Who takes the watering/u })
      .click();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toContain("one in the morning and one in the evening");
    await row(page, "I cannot find it any more.").getByText("is not on this computer").waitFor();
  });

  test("far away are gone to without what lies between, and there is a way back", async () => {
    const page = await open("big");
    const ids = await page.evaluate(() => {
      const { fake } = window.harness;
      const { id, space } = fake.world.channels[0]!;
      return { space, channel: id, message: fake.world.messages[id]![40]!.id };
    });
    await page.evaluate(({ space, channel, message }) => {
      location.hash = `#/w/${space}/c/${channel}/m/${message}`;
    }, ids);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-message")))
      .toBe(ids.message);
    const loaded = () =>
      page.evaluate(
        (channel) => window.harness.app.store.getState().timelines[channel]!.messages.length,
        ids.channel,
      );
    // Of 3,000: some pages around it, and some more where the list is drawn late.
    expect(await loaded()).toBeLessThan(1_500);
    expect(await hash(page)).toContain(`/c/${ids.channel}`);
    await page.getByRole("button", { name: "To the newest" }).click();
    await page.getByText("(3000)").waitFor();
  });

  test("gone to from elsewhere, what is loaded below them has been there and is no news", async () => {
    const page = await open("big");
    const turn = (hash: string) => page.evaluate((to) => void (location.hash = to), hash);
    const { space, channel, message } = await page.evaluate(() => {
      const { fake } = window.harness;
      const { id, space } = fake.world.channels[0]!;
      return { space, channel: id, message: fake.world.messages[id]![40]!.id };
    });
    await turn(`#/w/${space}/threads`);
    await page.getByRole("heading", { level: 1, name: "Threads" }).waitFor();
    // As it is where the channel has not been looked at yet.
    await page.evaluate(() => window.harness.app.store.setState({ timelines: {} }));
    await page.keyboard.press("Control+f");
    await page.getByRole("combobox", { name: "Search messages" }).fill("(41)");
    await page.clock.runFor(500);
    await page.locator("button[role=option]", { hasText: "(41)" }).click();
    const newest = () =>
      page.evaluate(
        (of) => window.harness.app.store.getState().timelines[of]!.messages.at(-1)!.position,
        channel,
      );
    await page.locator(`[data-message="${message}"]`).waitFor();
    await settled(page);
    const before = await newest();
    const list = page.locator("[data-messages]");
    await expect
      .poll(async () => {
        await list.evaluate((element) => (element.scrollTop = element.scrollHeight));
        return newest();
      })
      .not.toBe(before);
    await list.evaluate((element) => (element.scrollTop -= 2_000));
    await page.getByRole("button", { name: "To the newest" }).waitFor();
    expect(await page.locator("body > [role=status]").textContent()).toBe("");
  });

  test("hang in threads: beside the channel, read when seen, also in the channel, and there again after loading anew", async () => {
    const page = await open("talk");
    const summary = row(page, "Who takes the watering").getByRole("button", { name: /4 replies/u });
    await summary.click();
    const pane = page.getByRole("complementary", { name: "Thread" });
    await pane.getByText("Thank you :)").waitFor();
    await expect.poll(() => hash(page)).toMatch(/\/t\/[0-9a-f]{64}$/u);
    await expect
      .poll(
        async () =>
          (await asked(page, "read.mark")).filter((one) => (one as { thread?: string }).thread)
            .length,
      )
      .toBe(1);
    await expect.poll(() => focused(page)).toBe("thread-composer");
    await page.keyboard.type("See you on Saturday");
    await pane.getByRole("checkbox").check();
    await page.locator("#thread-composer").press("Enter");
    await pane.locator("[data-row]", { hasText: "See you on Saturday" }).waitFor();
    await page
      .locator("main [data-row]", { hasText: "See you on Saturday" })
      .getByText("Reply in a thread")
      .waitFor();
    await page
      .locator("main")
      .getByRole("button", { name: /5 replies/u })
      .waitFor();
    expect(await asked(page, "message.send")).toMatchObject([
      { also: true, thread: expect.any(String) as string },
    ]);
    await page.reload();
    await page
      .getByRole("complementary", { name: "Thread" })
      .getByText("The evening is fine with me.")
      .waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("complementary", { name: "Thread" }).waitFor({ state: "detached" });
  });

  test("call people: a name opens their card, a channel and a message are gone to, and code stays as it is", async () => {
    const page = await open("talk");
    const calling = row(page, "should read it");
    await expect
      .poll(() => calling.locator(".mention-you").allTextContents())
      .toEqual(["@Ines Marquez", "@everyone"]);
    expect(await calling.locator("code").textContent()).toBe(`<@${idOf("Ines Marquez")}>`);
    await calling.getByRole("link", { name: "@Carol" }).click();
    await page.getByRole("dialog", { name: "Carol" }).getByText("Member since").waitFor();
    await page.keyboard.press("Escape");
    await calling.getByRole("link", { name: "Message in talk" }).click();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toContain("Who takes the watering");
    await calling.getByRole("link", { name: "#general" }).click();
    await page.getByRole("heading", { level: 1, name: "general" }).waitFor();
  });

  test("have tables whose words stay whole, and which scroll by themselves where there is little room", async () => {
    const page = await open("talk", { width: 390 });
    const head = "| Column one | Column two | Column three | Column four | Column five |";
    await page.fill("#composer", `${head}\n|---|---|---|---|---|\n| watering | 2 | 3 | 4 | 5 |`);
    await page.keyboard.press("Enter");
    const table = page.locator("[data-row] table").last();
    await table.getByText("watering").waitFor();
    const cell = (text: string) =>
      table.getByText(text).evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return range.getClientRects().length;
      });
    expect(await cell("watering")).toBe(1);
    expect(await cell("Column three")).toBe(2);
    expect(await table.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  test("are pinned, saved, forwarded and marked unread from the menu, and found again", async () => {
    const page = await open("talk");
    const choose = async (text: string, item: string) => {
      await row(page, text).hover();
      await row(page, text).getByRole("button", { name: "More" }).click();
      await page.getByRole("menuitem", { name: item }).click();
    };
    await choose("the code of the gate", "Pin to channel");
    await row(page, "the code of the gate").getByText("Pinned by Ines Marquez").waitFor();
    await choose("the code of the gate", "Save for later");
    await page.getByRole("button", { name: "Pinned messages" }).click();
    const pins = page.getByRole("list", { name: "Pinned messages" });
    await pins.getByText("the code of the gate").waitFor();
    await pins.getByRole("button", { name: "Go to message" }).last().click();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toContain("Who takes the watering");

    await choose("Welcome to the new garden", "Pin to channel");
    const imported = pins.getByRole("article").filter({ hasText: "old_gardener" });
    await imported.waitFor();
    const picture = await row(page, "Welcome to the new garden")
      .locator(".person-tile")
      .evaluate((tile) => [tile.textContent, tile.getAttribute("style")]);
    expect(
      await imported
        .locator(".person-tile")
        .evaluate((tile) => [tile.textContent, tile.getAttribute("style")]),
    ).toEqual(picture);

    await choose("the code of the gate", "Mark unread from here");
    await page.locator("main").getByText("New", { exact: true }).waitFor();
    expect(await asked(page, "read.unmark")).toHaveLength(1);

    await choose("the code of the gate", "Forward…");
    await page.getByRole("combobox").fill("seeds");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Forward to seeds-and-tools" }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Cancel");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "seeds-and-tools" }).waitFor();
    await page.getByText(/^Forwarded, written by Carol/u).waitFor();

    await page.getByRole("link", { name: "Saved" }).click();
    const saved = page.getByRole("list", { name: "Saved" });
    await saved.getByText("the code of the gate").waitFor();
    await expect.poll(() => saved.getByRole("article").count()).toBe(2);
    await page.getByRole("link", { name: /^Threads/u }).click();
    await page
      .getByRole("list", { name: "Threads" })
      .getByRole("button", { name: /4 replies/u })
      .click();
    await page.getByRole("complementary", { name: "Thread" }).getByText("Thank you :)").waitFor();
  });

  test("offer what one may not do with the reason, and do nothing of it", async () => {
    const page = await open("talk");
    await page.evaluate(
      (rights) => {
        const { fake, app } = window.harness;
        const { route } = app.store.getState();
        const channel = fake.world.channels.find(
          ({ id }) => route.at === "space" && id === route.channel,
        )!;
        fake.push("channel", { ...channel, permissions: rights });
      },
      rightsBut(["react", "reply", "pin"], "Only gardeners may."),
    );
    const last = row(page, "I will look for it.");
    await last.hover();
    await expect
      .poll(() =>
        last.getByRole("button", { name: "Reply in thread" }).getAttribute("aria-disabled"),
      )
      .toBe("true");
    await last.getByRole("button", { name: "React with 👍" }).waitFor({ state: "detached" });
    await last.focus();
    await page.keyboard.press("p");
    await last.getByRole("alert").getByText("Only gardeners may.").waitFor();
    expect(await asked(page, "pin.set")).toEqual([]);
  });

  test("open their menu on a long press", async () => {
    const page = await open("talk", { width: 390, touch: true });
    const last = row(page, "I will look for it.");
    const box = (await last.boundingBox())!;
    const session = await page.context().newCDPSession(page);
    const point = { x: box.x + 120, y: box.y + box.height / 2 };
    await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [point] });
    await page.clock.runFor(600);
    await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await page.getByRole("menuitem", { name: "Reply in thread" }).click();
    await page.getByRole("heading", { level: 1, name: "Thread" }).waitFor();
    await expect.poll(() => hash(page)).toMatch(/\/t\/[0-9a-f]{64}$/u);
  });
});
