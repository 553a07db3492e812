/** What Alice does with a message Bob sees, and the other way round: in two browsers, on two nodes. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, launchChromium } from "@multichat/testing/chromium";
import { type Profile, openProfile } from "../support/profile.ts";
import { type Village, createVillage } from "../support/village.ts";

let browser: Browser;
let village: Village;
let alice: Profile;
let bob: Profile;

/** The menu of a message. */
async function choose({ page, row }: Profile, text: string, item: string): Promise<void> {
  await row(text).first().hover();
  await row(text).first().getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

describe.skipIf(!hasChromium)("what is done with messages, in two browsers", () => {
  beforeAll(async () => {
    [browser, village] = await Promise.all([launchChromium(), createVillage()]);
    const [one, two] = await Promise.all([village.node("Alice"), village.node("Bob")]);
    await village.workspace("Team", one, two);
    [alice, bob] = await Promise.all([openProfile(browser, one), openProfile(browser, two)]);
    await alice.write("Who brings the cake");
    await bob.row("Who brings the cake").waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await village?.[Symbol.asyncDispose]();
  });

  test("a reaction, an edit with its history, and an answer that quotes", async () => {
    await bob.row("Who brings the cake").hover();
    await bob.row("Who brings the cake").getByRole("button", { name: "React with 👍" }).click();
    await alice.row("Who brings the cake").getByRole("button", { name: "👍 1: Bob" }).waitFor();

    await alice.composer().press("ArrowUp");
    const field = alice.page.getByRole("textbox", { name: "Change the message" });
    await field.fill("Who brings the **plum** cake?");
    await field.press("Enter");
    await bob.row("Who brings the plum cake?").getByRole("button", { name: "edited" }).click();
    await bob.page
      .getByRole("dialog", { name: "Earlier versions" })
      .getByText("Who brings the cake")
      .waitFor();
    await bob.closeSheets();

    await bob.row("Who brings the plum cake?").focus();
    await bob.page.keyboard.press("r");
    await bob.composer().fill("I do, @Alice, gladly");
    await bob.composer().press("Enter");
    const answer = alice.row("I do, @Alice, gladly");
    await answer.getByRole("button", { name: /plum/u }).click();
    await expect
      .poll(() => alice.page.evaluate(() => document.activeElement?.textContent))
      .toContain("plum cake?");
    await answer.locator(".mention-you").waitFor();
  });

  test("a thread, unread for who was not there and read once looked at", async () => {
    await alice.row("Who brings the plum cake?").first().focus();
    await alice.page.keyboard.press("t");
    await alice.page.locator("#thread-composer").fill("With cream?");
    await alice.page.locator("#thread-composer").press("Enter");
    await bob.page.getByRole("link", { name: /^Threads.*1 unread/u }).click();
    await bob.page
      .getByRole("list", { name: "Threads" })
      .getByRole("button", { name: /1 reply/u })
      .click();
    const pane = bob.page.getByRole("complementary", { name: "Thread" });
    await pane.getByText("With cream?").waitFor();
    await bob.page.locator("#thread-composer").fill("With a lot of it");
    await bob.page.locator("#thread-composer").press("Enter");
    await alice.page
      .getByRole("complementary", { name: "Thread" })
      .getByText("With a lot of it")
      .waitFor();
    await alice.page
      .locator("main")
      .getByRole("button", { name: /2 replies/u })
      .waitFor();
    await bob.page.getByRole("link", { name: "Threads", exact: true }).waitFor();
    expect(new URL(bob.page.url()).hash).toMatch(/\/t\/[0-9a-f]{64}$/u);
    await bob.page.reload();
    await bob.page
      .getByRole("complementary", { name: "Thread" })
      .getByText("With cream?")
      .waitFor();
    for (const { page } of [alice, bob])
      await page.getByRole("button", { name: "Close side pane" }).click();
  });

  test("what is pinned is found by both, what is saved by one, and a link leads to it", async () => {
    await alice.write("The door code is 4711");
    await choose(alice, "The door code", "Pin to channel");
    await bob.row("The door code").getByText("Pinned by Alice").waitFor();
    await bob.page.getByRole("button", { name: "Pinned messages" }).click();
    await bob.page.getByRole("list", { name: "Pinned messages" }).getByText("4711").waitFor();
    await bob.page.getByRole("button", { name: "Close side pane" }).click();
    await choose(bob, "The door code", "Save for later");
    await bob.page.getByRole("link", { name: "Saved" }).click();
    await bob.page
      .getByRole("list", { name: "Saved" })
      .getByRole("button", { name: "Go to message" })
      .click();
    await choose(bob, "The door code", "Copy link");
    const link = await bob.page.evaluate(() => navigator.clipboard.readText());
    await bob.write(`See ${link}`);
    await alice.page.getByRole("link", { name: "Message in general" }).click();
    await expect
      .poll(() => alice.page.evaluate(() => document.activeElement?.textContent))
      .toContain("4711");
    await alice.row("The door code").getByText("Saved").waitFor({ state: "detached" });
  });

  test("what is marked unread stays so until the channel is opened again, and nothing was complained about", async () => {
    await choose(alice, "The door code", "Mark unread from here");
    await alice.page.getByText("New", { exact: true }).waitFor();
    expect([...alice.complaints, ...bob.complaints]).toEqual([]);
  });
});
