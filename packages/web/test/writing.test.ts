/** Writing and finding in a real browser: names while typing, answers, sending later, polls, lists, search. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { appInBrowser } from "./app-in-browser.ts";
import { asked } from "./asked.ts";
import { hasChromium } from "@multichat/testing/chromium";
import { idOf } from "./fake/world.ts";

const general = idOf("channel Garden Club general");

describe.skipIf(!hasChromium)("writing", { timeout: 60_000 }, () => {
  const { open } = appInBrowser({ width: 1200, height: 760 });
  const row = (page: Page, text: string) => page.locator("[data-row]", { hasText: text });

  test("names are offered while typing, chosen by keyboard, and sent as who is meant", async () => {
    const page = await open("team");
    const composer = page.locator("#composer");
    await composer.pressSequentially("Ask @bru");
    const list = page.getByRole("listbox");
    await list.getByRole("option", { name: "Bruno Castellanos" }).waitFor();
    const first = await list.getByRole("option").first().getAttribute("id");
    await expect.poll(() => composer.getAttribute("aria-activedescendant")).toBe(first);
    await page.keyboard.press("Enter");
    await expect.poll(() => composer.inputValue()).toBe("Ask @Bruno Castellanos ");
    await composer.pressSequentially("or @c");
    await page.keyboard.press("Escape");
    await list.waitFor({ state: "detached" });
    await composer.pressSequentially("arol in #see");
    await page.keyboard.press("Tab");
    await composer.pressSequentially(":rocke");
    await list.getByRole("option", { name: "rocket" }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const [sent] = (await asked(page, "message.send")) as { text: string }[];
    expect(sent!.text).toBe(
      `Ask <@${idOf("Bruno Castellanos")}> or @carol in <#${idOf("channel Garden Club seeds-and-tools")}> 🚀`,
    );
  });

  test("a shortcode becomes its emoji, code has its colours, and a spoiler is shown to who asks", async () => {
    const page = await open("team");
    const composer = page.locator("#composer");
    await composer.pressSequentially("It was ||the cat|| :tada");
    await page.getByRole("option", { name: "party popper" }).waitFor();
    await composer.press(":");
    await expect.poll(() => composer.inputValue()).toBe("It was ||the cat|| 🎉");
    await composer.fill(`${await composer.inputValue()}\n\`\`\`js\nreturn 1\n\`\`\``);
    await page.keyboard.press("Enter");
    const said = row(page, "It was");
    await said.locator(".hljs-keyword").getByText("return").waitFor();
    const spoiler = said.getByRole("button", { name: "Show what is covered" });
    expect(
      await spoiler.locator("span").evaluate((span) => getComputedStyle(span).visibility),
    ).toBe("hidden");
    await spoiler.press("Enter");
    await said.getByText("the cat").waitFor();
    expect(await spoiler.count()).toBe(0);
  });

  test("a shortcode that is pasted, comes whole, or is written into a change becomes its emoji, too, and is undone", async () => {
    const page = await open("team");
    const composer = page.locator("#composer");
    await composer.focus();
    // Sent before the list of emoji is there.
    await page.evaluate(() => {
      document.execCommand("insertText", false, "Hooray :tada:");
      document.querySelector<HTMLFormElement>("form:has(#composer)")!.requestSubmit();
    });
    await row(page, "Hooray 🎉").waitFor();
    await page.keyboard.insertText("Off we go :rocket: now");
    await expect.poll(() => composer.inputValue()).toBe("Off we go 🚀 now");
    await page.keyboard.type(" :tada:, `:x:`");
    await expect.poll(() => composer.inputValue()).toBe("Off we go 🚀 now 🎉, `:x:`");
    await page.keyboard.press("Enter");
    const sent = row(page, "Off we go");
    await sent.locator("[data-delivery=stored]").waitFor();
    await page.evaluate(() => navigator.clipboard.writeText(":tada:\n```\n:tada:\n```\n"));
    await composer.press("Control+v");
    await expect.poll(() => composer.inputValue()).toBe("🎉\n```\n:tada:\n```\n");
    await composer.press("Control+z");
    await expect.poll(() => composer.inputValue()).toBe(":tada:\n```\n:tada:\n```\n");
    await composer.fill("");
    await composer.press("ArrowUp");
    const field = page.getByRole("textbox", { name: "Change the message" });
    await field.press("Home");
    await page.keyboard.insertText(":+1: ");
    await expect.poll(() => field.inputValue()).toBe("👍 Off we go 🚀 now 🎉, `:x:`");
    await page.keyboard.type("So ");
    await expect.poll(() => field.inputValue()).toBe("👍 So Off we go 🚀 now 🎉, `:x:`");
  });

  test("everyone is offered with the reason why not, and choosing it does nothing", async () => {
    const page = await open("team");
    await page.evaluate(() => {
      const { store } = window.harness.app;
      const channels = Object.fromEntries(
        Object.entries(store.getState().channels).map(([id, channel]) => [
          id,
          {
            ...channel,
            permissions: channel.permissions.map((right) =>
              right.permission === "mention-everyone"
                ? { ...right, allowed: false, why: "Only admins call everyone." }
                : right,
            ),
          },
        ]),
      );
      store.setState({ channels });
    });
    await page.locator("#composer").pressSequentially("@every");
    const option = page.getByRole("option", { name: /everyone/u });
    await option.getByText("Only admins call everyone.").waitFor();
    await page.keyboard.press("Enter");
    expect(await page.inputValue("#composer")).toBe("@every");
  });

  test("keys mark what is selected, and one undoes a message before it goes out", async () => {
    const page = await open("team");
    const composer = page.locator("#composer");
    await composer.fill("very important");
    await composer.selectText();
    await page.keyboard.press("Control+b");
    await expect.poll(() => composer.inputValue()).toBe("**very important**");
    await page.evaluate(() =>
      window.harness.app.store.setState((s) => ({ settings: { ...s.settings, undoSend: 5 } })),
    );
    await page.keyboard.press("Enter");
    await page.keyboard.type("next");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => composer.inputValue()).toBe("**very important**\nnext");
    await composer.fill("**very important**");
    await page.clock.runFor(6_000);
    expect(await asked(page, "message.send")).toEqual([]);
    await composer.press("Enter");
    await page.clock.runFor(6_000);
    await row(page, "very important").locator("[data-delivery=stored]").waitFor();
    await page.getByRole("button", { name: "Undo" }).waitFor({ state: "detached" });
  });

  test("what was marked, or put there for a name or an emoji, is undone as typing is", async () => {
    const page = await open("team");
    const composer = page.locator("#composer");
    await composer.pressSequentially("Ask ");
    await composer.pressSequentially("@bru");
    await page.getByRole("option", { name: "Bruno Castellanos" }).click();
    await expect.poll(() => composer.inputValue()).toBe("Ask @Bruno Castellanos ");
    await page.keyboard.press("Control+z");
    await expect.poll(() => composer.inputValue()).toBe("Ask @bru");
    await page.keyboard.press("Control+Shift+z");
    await expect.poll(() => composer.inputValue()).toBe("Ask @Bruno Castellanos ");
    await composer.selectText();
    await page.keyboard.press("Control+b");
    await expect.poll(() => composer.inputValue()).toBe("**Ask @Bruno Castellanos **");
    await page.keyboard.press("Control+z");
    await expect.poll(() => composer.inputValue()).toBe("Ask @Bruno Castellanos ");
  });

  test("an emoji is picked for a message, and goes where one was writing", async () => {
    const page = await open("team");
    const composer = page.locator("#composer");
    await composer.pressSequentially("Well done!");
    await page.keyboard.press("ArrowLeft");
    await page.getByRole("button", { name: "Add to the message" }).click();
    await page.getByRole("menuitem", { name: "Emoji" }).click();
    await page.getByRole("combobox", { name: "Find an emoji" }).fill("party popper");
    await page.keyboard.press("Enter");
    await expect.poll(() => composer.inputValue()).toBe("Well done🎉!");
    await page.keyboard.type(" you");
    expect(await composer.inputValue()).toBe("Well done🎉 you!");
  });

  test("one goes on with a draft where it ends", async () => {
    const page = await open("team");
    await page.fill("#composer", "Half a sentence");
    await page.getByRole("link", { name: "founders" }).click();
    await page.getByRole("textbox", { name: "Message to founders" }).waitFor();
    await page.getByRole("link", { name: "general" }).click();
    await expect.poll(() => page.inputValue("#composer")).toBe("Half a sentence");
    await page.keyboard.type(", and the rest");
    expect(await page.inputValue("#composer")).toBe("Half a sentence, and the rest");
  });

  test("of a text that is too long is said by how much, and it is not sent", async () => {
    const page = await open("team");
    await page.fill("#composer", "x".repeat(40_001));
    await page.getByText("1 character too many").waitFor();
    await page.keyboard.press("Enter");
    expect(await page.getByRole("button", { name: "Send", exact: true }).isDisabled()).toBe(true);
    await page.locator("#composer").press("Backspace");
    await page.getByText("1 character too many").waitFor({ state: "detached" });
    await page.keyboard.press("Enter");
    await expect.poll(() => page.inputValue("#composer")).toBe("");
    expect(await asked(page, "message.send")).toHaveLength(1);
  });

  test("a message is changed where that was begun, and what is typed outlives scrolling and looking elsewhere", async () => {
    const page = await open("big");
    await page.fill("#composer", "To be changed");
    await page.keyboard.press("Enter");
    const sent = page.locator("main").locator("[data-row]", { hasText: "To be changed" }).first();
    await sent.locator("[data-delivery=stored]").waitFor();
    await sent.focus();
    await page.keyboard.press("t");
    await page.locator("#thread-composer").waitFor();
    await sent.focus();
    await page.keyboard.press("e");
    const field = page.getByRole("textbox", { name: "Change the message" });
    await field.fill("Half changed");
    expect(await field.count()).toBe(1);
    const list = page.locator("[data-messages]").first();
    await list.evaluate((element) => (element.scrollTop = 1_500));
    await page.getByRole("button", { name: "To the newest" }).waitFor();
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.getByRole("button", { name: /^Members/u }).click();
    await page.getByRole("complementary", { name: "Members" }).waitFor();
    expect(await field.inputValue()).toBe("Half changed");
    await page.getByRole("button", { name: "Close side pane" }).click();
    await page.getByRole("complementary").waitFor({ state: "detached" });
    await field.press("Enter");
    await page.locator("[data-row]", { hasText: "Half changed" }).waitFor();
  });

  test("an answer says to what, and can be given up", async () => {
    const page = await open("team");
    const reply = () =>
      page.evaluate((channel) => {
        const { app, fake } = window.harness;
        const message = fake.world.messages[channel]!.at(-1)!;
        app.store.setState({ replying: { [channel]: message } });
        return message.id;
      }, general);
    await reply();
    await page.getByText("Answering Carol").waitFor();
    await page.locator("#composer").press("Escape");
    await page.getByText("Answering Carol").waitFor({ state: "detached" });
    const id = await reply();
    await page.fill("#composer", "Plum it is");
    await page.locator("#composer").press("Enter");
    expect(await asked(page, "message.send")).toMatchObject([{ text: "Plum it is", reply: id }]);
    await page.getByText("Answering Carol").waitFor({ state: "detached" });
  });

  test("a message is scheduled from the send button, listed, and cancelled", async () => {
    const page = await open("team");
    await page.fill("#composer", "Good morning");
    await page.getByRole("button", { name: "Send later" }).click();
    await page.getByRole("menuitem", { name: /^Tomorrow at/u }).click();
    // It stands above the composer, and is read out a moment later.
    await page
      .getByText(/^It will be sent Wednesday/u)
      .first()
      .waitFor();
    await expect.poll(() => page.inputValue("#composer")).toBe("");
    await page.getByRole("button", { name: "Send later" }).click();
    await page.getByRole("menuitem", { name: "Scheduled messages" }).click();
    const sheet = page.getByRole("dialog", { name: "Scheduled messages" });
    await sheet.getByText("Good morning").waitFor();
    await sheet.getByRole("button", { name: "Cancel it" }).click();
    await sheet.getByText("Nothing is scheduled").waitFor();
  });

  test("a poll is made, voted in, changed and taken back", async () => {
    const page = await open("team");
    await page.getByRole("button", { name: "Add to the message" }).click();
    await page.getByRole("menuitem", { name: "Make a poll" }).click();
    const sheet = page.getByRole("dialog", { name: "Make a poll" });
    await sheet.getByLabel("Question").fill("Which Saturday?");
    await sheet.getByLabel("Answer 1", { exact: true }).fill("28 November");
    await sheet.getByLabel("Answer 2", { exact: true }).fill("5 December");
    const hidden = sheet.getByRole("switch", { name: /only when it is closed/u });
    expect(await hidden.isDisabled()).toBe(true);
    await sheet.getByLabel("Closes", { exact: true }).selectOption("In 1 day");
    expect(await hidden.isDisabled()).toBe(false);
    await sheet.getByLabel("Closes", { exact: true }).selectOption("Never");
    await sheet.getByRole("button", { name: "Start the poll" }).click();
    const poll = page.getByRole("region", { name: "Poll: Which Saturday?" });
    const first = poll.getByRole("button", { name: /28 November/u });
    await first.click();
    await poll.getByText("1 person has voted").waitFor();
    await poll.getByRole("button", { name: /5 December/u }).click();
    await expect.poll(() => first.getAttribute("aria-pressed")).toBe("false");
    await poll.getByRole("button", { name: /5 December/u }).click();
    await poll.getByText("Nobody has voted yet").waitFor();
    expect(
      (await asked(page, "content.annotate")).map((params) => (params as { value: unknown }).value),
    ).toEqual([{ choices: [0] }, { choices: [1] }, { choices: [] }]);
  });

  test("a list is made with its entries, ticked, moved and renamed by whoever may write", async () => {
    const page = await open("team");
    await page.getByRole("button", { name: "Add to the message" }).click();
    await page.getByRole("menuitem", { name: "Make a list" }).click();
    const sheet = page.getByRole("dialog", { name: "Make a list" });
    await sheet.getByLabel("What it is about").fill("For Saturday");
    await sheet.getByLabel("Entries").fill("gloves\ntrolley");
    await sheet.getByRole("button", { name: "Make the list" }).click();
    const list = page.getByRole("region", { name: "List: For Saturday" });
    const texts = () =>
      list
        .getByRole("checkbox")
        .evaluateAll((boxes) => boxes.map((box) => box.getAttribute("aria-label")));
    await expect.poll(texts).toEqual(["gloves", "trolley"]);
    await list.getByRole("checkbox", { name: "gloves" }).click();
    await list.getByText("1 of 2 done").waitFor();
    await list.getByLabel("Add an entry").fill("coffee");
    await page.keyboard.press("Enter");
    await expect.poll(texts).toEqual(["gloves", "trolley", "coffee"]);
    await list.getByRole("button", { name: "Move “coffee” up" }).click();
    await expect.poll(texts).toEqual(["gloves", "coffee", "trolley"]);
    await list.getByRole("button", { name: "Change “coffee”" }).click();
    await page.keyboard.type(", much");
    await page.keyboard.press("Enter");
    await expect.poll(texts).toEqual(["gloves", "coffee, much", "trolley"]);
  });

  test("search finds as one types, is narrowed by chips, and leads to the message", async () => {
    const page = await open("team");
    await page.locator("#composer").press("Control+f");
    const sheet = page.getByRole("dialog", { name: "Search messages" });
    await sheet.getByRole("combobox", { name: "Search messages" }).fill("glo");
    await page.clock.runFor(500);
    await sheet.locator("button[role=option]").first().waitFor();
    await expect.poll(() => sheet.locator("mark").first().textContent()).toBe("glo");
    await page.keyboard.type("ves from:ca");
    await sheet.getByRole("option", { name: /^Carol/u }).click();
    await page.clock.runFor(500);
    await sheet.getByText("1 message", { exact: true }).waitFor();
    await sheet.getByRole("button", { name: "Remove From Carol" }).waitFor();
    await sheet.locator("button[role=option]").click();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toContain("splinters");
  });

  test("what was imported is found under the name it was written under; many hits are not all counted", async () => {
    const page = await open("talk");
    await page.evaluate(() => {
      const { fake } = window.harness;
      const call = fake.call.bind(fake);
      fake.call = (async (command: never, params: never) => {
        const answer = await call(command, params);
        return command === "search" ? { ...(answer as object), total: 20_000 } : answer;
      }) as typeof fake.call;
    });
    await page.locator("#composer").press("Control+f");
    const sheet = page.getByRole("dialog", { name: "Search messages" });
    await sheet.getByRole("combobox", { name: "Search messages" }).fill("welcome to the new");
    await page.clock.runFor(500);
    await sheet.getByText("20,000 messages or more", { exact: true }).waitFor();
    const option = sheet.locator("button[role=option]").first();
    await expect.poll(() => option.textContent()).toContain("old_gardener");
  });

  test("a forum lists its topics; a new one has title and tags and opens its thread", async () => {
    const page = await open("forum");
    const titles = () =>
      page.getByRole("list", { name: "Topics of questions" }).getByRole("link").allTextContents();
    await expect.poll(async () => (await titles())[0]).toMatch(/^Does anybody/u);
    await page.getByRole("button", { name: "tools" }).click();
    await expect.poll(titles).toHaveLength(1);
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByRole("button", { name: "New topic" }).click();
    const sheet = page.getByRole("dialog", { name: "New topic" });
    await sheet.getByLabel("Title").fill("Compost");
    const about = sheet.getByLabel("What it is about");
    await about.fill("Where does it go? :seedling:");
    await expect.poll(() => about.inputValue()).toBe("Where does it go? 🌱");
    await sheet.getByLabel("Tags").fill("beds, soil");
    await sheet.getByRole("button", { name: "Start the topic" }).click();
    expect(await asked(page, "message.send")).toMatchObject([
      { title: "Compost", text: "Where does it go? 🌱", tags: ["beds", "soil"] },
    ]);
    const thread = page.getByRole("complementary");
    await thread.getByText("Where does it go?").waitFor();
    await thread.getByRole("textbox").fill("Behind the shed");
    await page.keyboard.press("Enter");
    await page.getByRole("listitem").filter({ hasText: "Compost" }).getByText("1 reply").waitFor();
  });

  test("what is unread is read in one place, what calls one first, and marked read", async () => {
    const page = await open("catch-up");
    const sections = () =>
      page
        .getByRole("main")
        .locator("section")
        .evaluateAll((all) => all.map((section) => section.getAttribute("aria-label")));
    await expect.poll(async () => (await sections())[0]).toBe("#plans");
    const calling = page
      .getByRole("navigation", { name: "Channels" })
      .getByRole("link", { name: /plans.*1 mentions you.*2 unread/u });
    await calling.waitFor();
    await page
      .getByRole("region", { name: "#plans" })
      .getByRole("button", { name: "Mark read" })
      .click();
    await calling.waitFor({ state: "detached" });
    await expect.poll(sections).not.toContain("#plans");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("mark everything");
    await page.keyboard.press("Enter");
    await expect.poll(sections).not.toContain("#design");
  });
});
