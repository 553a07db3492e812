/** Alice and Bob call each other by name, vote, work on a list, talk in a forum's topic, and find what was said. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, launchChromium } from "@multichat/testing/chromium";
import { type Profile, openProfile } from "../support/profile.ts";
import { type Village, createVillage } from "../support/village.ts";

let browser: Browser;
let village: Village;
let alice: Profile;
let bob: Profile;

describe.skipIf(!hasChromium)("writing and finding, in two browsers and two nodes", () => {
  beforeAll(async () => {
    [browser, village] = await Promise.all([launchChromium(), createVillage()]);
    const [one, two] = await Promise.all([village.node("Alice"), village.node("Bob")]);
    await village.workspace("Team", one, two);
    [alice, bob] = await Promise.all([openProfile(browser, one), openProfile(browser, two)]);
    await Promise.all(
      [alice, bob].map(({ page }) =>
        page.getByRole("heading", { level: 1, name: "general", exact: true }).waitFor(),
      ),
    );
  });
  afterAll(async () => {
    await browser?.close();
    await village?.[Symbol.asyncDispose]();
  });

  test("Bob is called by the name that Alice chose from the list, and finds it among what is unread", async () => {
    await bob.page.getByRole("link", { name: "Catch up" }).click();
    await bob.page.getByText("You have read everything here.").waitFor();
    await alice.composer().pressSequentially("Lunch, @bo");
    await alice.page.getByRole("option", { name: "Bob" }).waitFor();
    await alice.page.keyboard.press("Tab");
    await alice.composer().press("Enter");
    await alice.row("Lunch, @Bob").waitFor();
    const section = bob.page.getByRole("region", { name: "#general" });
    await section.getByText("1 mentions you").waitFor();
    await section.getByText("Lunch, @Bob").waitFor();
    await section.getByRole("button", { name: "Mark read" }).click();
    await bob.page.getByText("You have read everything here.").waitFor();
    await bob.page.getByRole("link", { name: "general" }).click();
    expect(bob.complaints).toEqual([]);
  });

  test("they vote in a poll and work on a list, and each sees what the other did", async () => {
    const { page } = alice;
    const make = async (what: string) => {
      await page.getByRole("button", { name: "Add to the message" }).click();
      await page.getByRole("menuitem", { name: what }).click();
    };
    await make("Make a poll");
    await page.getByLabel("Question").fill("Where?");
    await page.getByLabel("Answer 1", { exact: true }).fill("Park");
    await page.getByLabel("Answer 2", { exact: true }).fill("Office");
    await page.getByRole("button", { name: "Start the poll" }).click();
    const poll = (profile: Profile) => profile.page.getByRole("region", { name: "Poll: Where?" });
    await poll(bob).getByRole("button", { name: /Park/ }).click();
    await poll(alice).getByText("1 vote: Bob").waitFor();
    await poll(alice)
      .getByRole("button", { name: /Office/ })
      .click();
    await poll(bob).getByText("2 people have voted").waitFor();

    await make("Make a list");
    await page.getByLabel("What it is about").fill("To bring");
    await page.getByLabel("Entries").fill("bread\ncheese");
    await page.getByRole("button", { name: "Make the list" }).click();
    const list = (profile: Profile) => profile.page.getByRole("region", { name: "List: To bring" });
    await list(bob).getByRole("checkbox", { name: "cheese" }).click();
    await list(alice).getByText("Done by Bob").waitFor();
    await list(alice).getByRole("button", { name: "Take “bread” off the list" }).click();
    await list(bob).getByText("1 of 1 done").waitFor();
    expect(await list(bob).getByRole("checkbox").count()).toBe(1);
  });

  test("Alice makes a forum, Bob answers in its topic, and both find it by a word", async () => {
    const { page } = alice;
    await page.getByRole("button", { name: "Create a channel" }).click();
    await page.getByLabel("Name", { exact: true }).fill("questions");
    await page.getByText("Everybody starts topics").click();
    await page.getByRole("button", { name: "Create channel" }).click();
    await page.getByRole("button", { name: "New topic" }).click();
    await page.getByLabel("Title").fill("Umbrellas");
    await page.getByLabel("What it is about").fill("Will it rain on Friday?");
    await page.getByRole("button", { name: "Start the topic" }).click();
    await bob.page.getByRole("link", { name: "questions" }).click();
    await bob.page.getByRole("link", { name: "Umbrellas" }).click();
    await bob.page.getByRole("complementary").getByRole("textbox").fill("Rather a drizzle");
    await bob.page.keyboard.press("Enter");
    await page.getByRole("complementary").getByText("Rather a drizzle").waitFor();
    await page
      .getByRole("listitem")
      .filter({ hasText: "Umbrellas" })
      .getByText("1 reply")
      .waitFor();

    await page.keyboard.press("Control+f");
    await page.getByRole("combobox", { name: "Search messages" }).fill("driz from:Bob");
    const hit = page.getByRole("dialog").getByRole("option", { name: /drizzle/ });
    await hit.waitFor();
    expect(await hit.locator("mark").textContent()).toBe("drizzle");
    await alice.closeSheets();
  });

  test("a message that is to go out later waits where it was made, and can be cancelled", async () => {
    const { page } = alice;
    await page.getByRole("link", { name: "general" }).click();
    await alice.composer().fill("Not yet");
    await page.getByRole("button", { name: "Send later" }).click();
    await page.getByRole("menuitem", { name: /^In 1 hour/ }).click();
    await page.getByRole("button", { name: "1 scheduled message" }).click();
    await page.getByRole("button", { name: "Cancel it" }).click();
    await page.getByText("Nothing is scheduled").waitFor();
    expect(alice.complaints).toEqual([]);
  });
});
