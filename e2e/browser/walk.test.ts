/** The ways through the app: by keyboard alone, in a narrow window, and what axe says of every screen on the way. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violationsOf } from "../support/axe.ts";
import { hasChromium, launchChromium } from "@multichat/testing/chromium";
import { openProfile } from "../support/profile.ts";
import type { TestNode } from "../support/test-node.ts";
import { type Village, createVillage } from "../support/village.ts";

let browser: Browser;
let village: Village;
let aliceNode: TestNode;
let bobNode: TestNode;
/** Invites that nobody answers, and that was taken back. */
let links: { unanswered: string; revoked: string };

describe.skipIf(!hasChromium)("a walk through the app", () => {
  beforeAll(async () => {
    [browser, village] = await Promise.all([launchChromium(), createVillage()]);
    [aliceNode, bobNode] = await Promise.all([village.node("Alice"), village.node("Bob")]);
    const space = await village.workspace("Team", aliceNode, bobNode);
    const general = await aliceNode.channel(space.id);
    await aliceNode.call("channel.create", {
      space: space.id,
      name: "garden",
      topic: "What grows where",
    });
    await aliceNode.say(
      general,
      "A **first** message with a [link](https://example.org) and `code`",
    );
    await bobNode.say(general, "> a quote\n\n```\nand a block of code\n```\n\n1. one\n2. two");
    await aliceNode.until(
      "Bob's words came",
      async () => (await aliceNode.messages(general)).length === 2,
    );

    const other = await bobNode.createSpace("Elsewhere");
    const revoked = await bobNode.call("invite.create", { space: other.id });
    await bobNode.call("invite.revoke", { space: other.id, invite: revoked.invite.id });
    const gone = await village.node("Carol");
    const away = await gone.createSpace("Far away");
    links = { revoked: revoked.link, unanswered: await gone.invite(away.id) };
    await gone.kill();
  });
  afterAll(async () => {
    await browser?.close();
    await village?.[Symbol.asyncDispose]();
  });

  test("everything can be done by keyboard", async () => {
    const alice = await openProfile(browser, aliceNode);
    const { page } = alice;
    const { keyboard } = page;
    const heading = (name: string) => page.getByRole("heading", { level: 1, name }).waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    const openSwitcher = async () => {
      await keyboard.press("ControlOrMeta+K");
      await page.locator("[role=combobox]:focus").waitFor();
    };
    await alice.row("a quote").waitFor();

    await alice.composer().focus();
    await keyboard.type("Typed, not clicked");
    await keyboard.press("Shift+Enter");
    await keyboard.type("on two lines");
    await keyboard.press("Enter");
    await alice.untilDelivered("on two lines", "all");

    // From the empty composer into the messages, to what is done with one, and back.
    await keyboard.press("Shift+ArrowUp");
    expect(await focused()).toContain("on two lines");
    await keyboard.press("ArrowUp");
    await page.locator("article:focus", { hasText: "a quote" }).waitFor();
    await keyboard.press("Enter");
    await page.locator("[data-actions]:focus-within").waitFor();
    await page.locator("article", { hasText: "a quote" }).focus();
    await keyboard.press("c");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("> a quote");
    await keyboard.press("Escape");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("composer");

    await keyboard.press("Alt+ArrowDown");
    await heading("garden");
    await openSwitcher();
    await keyboard.type("gener");
    await keyboard.press("Enter");
    await heading("general");

    // A new channel, from the switcher.
    await openSwitcher();
    await keyboard.type("create a channel");
    await keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Create a channel" }).waitFor();
    await page.locator("dialog input:focus").waitFor();
    await keyboard.type("by-hand");
    await keyboard.press("Enter");
    await heading("by-hand");

    // The menu of the workspace: arrows move, Escape gives the focus back.
    await page.getByRole("button", { name: "Team: menu" }).focus();
    await keyboard.press("Enter");
    await page.locator("[role=menuitem]:focus").waitFor();
    await keyboard.press("End");
    expect(await focused()).toContain("Leave workspace");
    await keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "hidden" });
    await keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(alice.complaints).toEqual([]);
    await alice.close();
  });

  test("in a narrow window there is one pane at a time, with a way back", async () => {
    const bob = await openProfile(browser, bobNode, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
    const { page } = bob;
    const found: string[] = [];
    const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await page.getByRole("heading", { level: 1, name: /Team|Elsewhere/ }).waitFor();
    await page
      .getByRole("navigation", { name: "Workspaces" })
      .getByRole("button", { name: "Team" })
      .or(page.getByRole("link", { name: "Team" }))
      .first()
      .click();
    await bob.channelLink("general").waitFor();
    await bob.composer().waitFor({ state: "detached" });
    found.push(...(await violationsOf(page, "narrow list")));

    await bob.channelLink("general").click();
    await bob.row("a quote").waitFor();
    await page.getByRole("navigation", { name: "Channels" }).waitFor({ state: "detached" });
    found.push(...(await violationsOf(page, "narrow conversation")));
    expect(await sideways()).toBeLessThanOrEqual(0);
    await bob.write("from a telephone");
    await bob.untilDelivered("from a telephone", "all");

    await page.getByRole("button", { name: /^Members: 2/ }).click();
    await page.getByRole("main", { name: "Members" }).waitFor();
    found.push(...(await violationsOf(page, "narrow members")));
    await page.getByRole("button", { name: "Back" }).click();
    await bob.row("from a telephone").waitFor();
    await page.getByRole("button", { name: "Back" }).click();
    await bob.channelLink("general").waitFor();
    await page.goBack();
    await bob.row("from a telephone").waitFor();
    expect(found).toEqual([]);
    expect(bob.complaints).toEqual([]);
    await bob.close();
  });

  test("a part that could not be fetched is fetched again, and missed only when it is not there", async () => {
    const bob = await openProfile(browser, null);
    const { page } = bob;
    let failures = Number.POSITIVE_INFINITY;
    await page.route("**/assets/ShortcutsSheet-*.js", (route) =>
      failures-- > 0 ? route.abort("connectionrefused") : route.continue(),
    );
    const ahead = page.waitForEvent("requestfailed");
    await page.goto(await bobNode.browserAddress());
    await ahead;
    const rail = page.getByRole("button", { name: "Settings", exact: true });
    await rail.press("?");
    await page.getByText("This page is older than the Multichat it belongs to.").waitFor();
    await page.keyboard.press("Escape");
    failures = 1;
    await rail.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    expect(failures).toBe(-1);
    await bob.close();
  });

  test("axe finds nothing on any screen", async () => {
    const found: string[] = [];
    const alice = await openProfile(browser, aliceNode);
    const { page } = alice;
    const look = async (screen: string) => void found.push(...(await violationsOf(page, screen)));
    const dialog = async (name: string | RegExp) => {
      await page.getByRole("dialog", { name }).waitFor();
      await look(String(name));
    };
    const leave = async () => {
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    };

    await alice.channelLink("general").click();
    await alice.row("a quote").waitFor();
    await alice.row("a quote").hover();
    await look("conversation");
    await page.getByRole("button", { name: /^Members: 2/ }).click();
    await page.getByRole("complementary", { name: "Members" }).waitFor();
    await look("members");
    await page.getByRole("button", { name: "About this channel" }).click();
    await page.getByRole("complementary", { name: /^About/ }).waitFor();
    await look("about the channel");

    await alice.openSpaceMenu("Invite people");
    await dialog(/^Invite people/);
    await page.getByRole("button", { name: "Make an invite link" }).click();
    await page.getByRole("button", { name: "Show QR code" }).click();
    await page.getByRole("img", { name: "The invite link as a QR code" }).waitFor();
    await look("invite link");
    await leave();
    for (const item of ["Create a channel", "Leave workspace"]) {
      await alice.openSpaceMenu(item);
      await dialog(/^(Create a channel|Leave Team)$/);
      await leave();
    }
    for (const [key, name] of [
      ["ControlOrMeta+K", "Go to"],
      ["ControlOrMeta+,", "Settings"],
    ] as const) {
      await page.keyboard.press(key);
      await dialog(name);
      await leave();
    }
    await page.getByRole("button", { name: /Open connections\.$/ }).click();
    await dialog("Connections");
    await leave();
    await page.getByRole("button", { name: "Save your recovery phrase" }).click();
    await page
      .getByRole("button", { name: "I have written it down" })
      .and(page.locator(":enabled"))
      .waitFor();
    await dialog("Your recovery phrase");
    await page.getByRole("button", { name: "I have written it down" }).click();
    await dialog("Type three of the words");
    await leave();

    // Joins that wait and that fail.
    for (const link of Object.values(links)) await aliceNode.call("join.start", { link });
    await page.getByRole("button", { name: "Joining Far away…" }).click();
    await page.getByText("Carol has not answered yet").waitFor();
    await look("a join that waits");
    await page.getByRole("button", { name: "Could not join Elsewhere" }).click();
    await page.getByText("The invite was taken back").waitFor();
    await look("a join that failed");

    await page
      .getByRole("navigation", { name: "Workspaces" })
      .getByText("Team")
      .or(page.getByRole("button", { name: /^Team/ }))
      .or(page.getByRole("link", { name: /^Team/ }))
      .first()
      .click();
    await alice.channelLink("general").click();
    await bobNode.kill();
    await alice.sees("The other member is not in reach.");
    await look("nobody in reach");
    await aliceNode.kill();
    await alice.sees("Multichat is not running on this computer.");
    await look("the node is off");
    expect(alice.complaints).toEqual([]);

    const dan = await openProfile(browser, await village.stranger());
    const steps: [string, string][] = [
      ["What should people call you?", "Continue"],
      ["Your recovery phrase", "I have written it down"],
      ["Type three of the words", "Later"],
    ];
    for (const [title, next] of steps) {
      await dan.page.getByRole("heading", { level: 1, name: title }).waitFor();
      found.push(...(await violationsOf(dan.page, title)));
      if (next === "Continue") await dan.page.getByLabel("Your name").fill("Dan");
      await dan.page.getByRole("button", { name: next }).click();
    }
    await dan.page.getByRole("heading", { level: 1, name: "Where do you want to talk?" }).waitFor();
    found.push(...(await violationsOf(dan.page, "create or join")));
    const stranger = await openProfile(browser, null);
    await stranger.page.goto(new URL(dan.page.url()).origin);
    await stranger.page
      .getByRole("heading", { level: 1, name: "Open Multichat from this computer" })
      .waitFor();
    found.push(...(await violationsOf(stranger.page, "not signed in")));
    expect(found).toEqual([]);
  });
});
