/** One person on two devices, by the web app on both: linked, with the history there, and one of them signed out again. */
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violationsOf } from "../support/axe.ts";
import { hasChromium, launchChromium } from "@multichat/testing/chromium";
import { type Profile, openProfile } from "../support/profile.ts";
import type { TestNode } from "../support/test-node.ts";
import { type Village, createVillage } from "../support/village.ts";

let browser: Browser;
let village: Village;
let nodes: { laptop: TestNode; desktop: TestNode };
let laptop: Profile;
let desktop: Profile;

const pictures = (page: Page): Promise<string[]> =>
  page.getByRole("list", { name: "Pictures to compare" }).getByRole("listitem").allTextContents();

const sentByOneself = ({ page }: Profile, text: string): Locator =>
  page.getByRole("article", { name: /Sent by you$/ }).filter({ hasText: text });

describe.skipIf(!hasChromium)("own devices, in two browsers", () => {
  beforeAll(async () => {
    [browser, village] = await Promise.all([launchChromium(), createVillage()]);
    const [one, two, bob] = await Promise.all([
      village.node("Alice"),
      village.stranger(),
      village.node("Bob"),
    ]);
    nodes = { laptop: one, desktop: two };
    const space = await village.workspace("Team", one, bob);
    const general = await one.channel(space.id);
    await one.say(general, "Written before the desktop was there");
    await bob.say(general, "And this is Bob's");
    await one.untilReads(general, ["Written before the desktop was there", "And this is Bob's"]);
    [laptop, desktop] = await Promise.all([openProfile(browser, one), openProfile(browser, two)]);
  });
  afterAll(async () => {
    await browser?.close();
    await village?.[Symbol.asyncDispose]();
  });

  test("the laptop shows a code, the desktop takes it, both show the same pictures, and the history is there", async () => {
    const old = laptop.page;
    const fresh = desktop.page;
    await laptop.row("And this is Bob's").waitFor();
    await old.keyboard.press("Control+,");
    await old.getByRole("link", { name: "Devices" }).click();
    await old.getByRole("button", { name: "Link a device" }).click();
    const sheet = old.getByRole("dialog", { name: "Link a device" });
    await sheet.getByRole("img", { name: /QR code/ }).waitFor();
    const code = await sheet.getByLabel("Code for the new device", { exact: true }).inputValue();
    expect(await violationsOf(old, "the code")).toEqual([]);

    await fresh.getByRole("button", { name: "I already have an account" }).click();
    await fresh.getByRole("button", { name: /^Link this device/ }).click();
    await fresh.getByLabel("Code from your other device").fill(code);
    await fresh.getByLabel("Name of this device").fill("Desktop");
    await fresh.getByRole("button", { name: "Link this device" }).click();

    await sheet
      .getByText("Does Desktop show the same seven pictures, in the same order?")
      .waitFor();
    await fresh.getByRole("heading", { name: "Compare the pictures" }).waitFor();
    await expect.poll(() => pictures(old)).toHaveLength(7);
    await expect.poll(() => pictures(fresh)).toEqual(await pictures(old));
    expect(await violationsOf(fresh, "the pictures")).toEqual([]);
    await fresh.getByRole("button", { name: "They are the same" }).click();
    await sheet.getByRole("button", { name: "They are the same" }).click();

    await sheet.getByText("Desktop is now one of your devices.").waitFor();
    await sheet.getByRole("button", { name: "Done" }).click();
    await old.getByRole("listitem").filter({ hasText: "Desktop" }).waitFor();
    await fresh.getByRole("heading", { name: "Welcome back, Alice" }).waitFor();
    await fresh.getByRole("listitem").getByText("Team").waitFor();
    await fresh.getByRole("button", { name: "Open Multichat" }).click();
    await desktop.row("Written before the desktop was there").waitFor();
    await desktop.row("And this is Bob's").waitFor();
    await old.keyboard.press("Escape");
  });

  test("what one writes is own on the other", async () => {
    await desktop.write("From the desktop");
    await sentByOneself(laptop, "From the desktop").waitFor();
    await laptop.write("From the laptop");
    await sentByOneself(desktop, "From the laptop").waitFor();
    expect(await sentByOneself(desktop, "And this is Bob's").count()).toBe(0);
  });

  test("a backup is made in the browser, downloaded, and restored in another one", async () => {
    const { page } = laptop;
    const passphrase = "copper lantern walks beside quiet water";
    await page.keyboard.press("Control+,");
    await page.getByRole("link", { name: "Backup" }).click();
    await page.getByLabel("New passphrase").fill(passphrase);
    await page.getByLabel("The same again").fill(passphrase);
    await page.getByRole("button", { name: "Make a backup", exact: true }).click();
    const link = page.getByRole("link", { name: "Download the backup" });
    await link.waitFor();
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    const file = await download.path();
    await page.keyboard.press("Escape");

    const restored = await openProfile(browser, await village.stranger());
    await restored.page.getByRole("button", { name: "I already have an account" }).click();
    await restored.page.getByRole("button", { name: /^Restore a backup/ }).click();
    await restored.page.getByLabel("Backup file").setInputFiles(file);
    await restored.page.getByLabel("Passphrase of the backup").fill("something else");
    await restored.page.getByRole("button", { name: "Restore" }).click();
    await restored.page.locator("[aria-invalid=true]").waitFor();
    await restored.page.getByLabel("Passphrase of the backup").fill(passphrase);
    await restored.page.getByRole("button", { name: "Restore" }).click();
    await restored.page.getByRole("heading", { name: "Welcome back, Alice" }).waitFor();
    await restored.page.getByRole("button", { name: "Open Multichat" }).click();
    await restored.row("Written before the desktop was there").waitFor();
    expect(restored.complaints).toEqual([]);
    await restored.close();
  });

  test("the laptop signs the desktop out, which says so over everything and keeps what it had", async () => {
    const { page } = laptop;
    await page.keyboard.press("Control+,");
    await page.getByRole("link", { name: "Devices" }).click();
    await page.getByRole("button", { name: "Sign Desktop out" }).click();
    const sheet = page.getByRole("dialog", { name: "Sign Desktop out" });
    await sheet.getByText("Lost", { exact: true }).click();
    await sheet.getByRole("button", { name: "Sign Desktop out" }).click();
    await page
      .getByRole("listitem")
      .filter({ hasText: "Desktop" })
      .getByText(/^Signed out on .*, lost$/)
      .waitFor();

    await desktop.page.getByRole("heading", { name: "This device was signed out" }).waitFor();
    expect(await violationsOf(desktop.page, "signed out")).toEqual([]);
    await desktop.page.getByRole("button", { name: "Look at what is here" }).click();
    await desktop.row("Written before the desktop was there").waitFor();
    expect([...laptop.complaints, ...desktop.complaints]).toEqual([]);
  });

  test("what is left on the desktop is erased, which leaves the account as it is elsewhere", async () => {
    const { page } = desktop;
    await page.reload();
    await page.getByRole("heading", { name: "This device was signed out" }).waitFor();
    await page.getByRole("button", { name: "Erase everything here" }).click();
    await page.getByLabel("Type Alice to confirm").fill("Alice");
    await page.getByRole("button", { name: "Erase everything here" }).click();
    await page.getByRole("heading", { name: "Your account is gone from this computer" }).waitFor();
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("heading", { name: "What should people call you?" }).waitFor();
    const { spaces } = await nodes.laptop.call("space.list", {});
    expect(spaces).toMatchObject([{ name: "Team", members: 2 }]);
  });

  test("the laptop's keys get a passphrase: after a restart it asks for it, and then everything is there", async () => {
    const { page } = laptop;
    const passphrase = "copper lantern walks";
    await page.getByRole("link", { name: "Passphrase" }).click();
    await page.getByLabel("New passphrase").fill(passphrase);
    await page.getByLabel("The same again").fill(passphrase);
    await page.getByRole("button", { name: "Set a passphrase" }).click();
    await page.getByText("A passphrase is asked for whenever Multichat starts.").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Settings", exact: true }).press("?");
    const open = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await open.waitFor();
    await nodes.laptop.stop();
    await nodes.laptop.start();
    await page.getByRole("heading", { name: "Multichat is locked" }).waitFor();
    await open.waitFor({ state: "detached" });
    await page.getByLabel("Passphrase").fill("wrong passphrase");
    await page.getByRole("button", { name: "Unlock" }).click();
    await page.getByRole("alert").waitFor();
    await page.getByLabel("Passphrase").fill(passphrase);
    await page.getByRole("button", { name: "Unlock" }).click();
    await laptop.row("Written before the desktop was there").waitFor();
    await open.waitFor();
    expect((await nodes.laptop.call("status.get", {})).status).toMatchObject({
      locked: false,
      protected: true,
    });
  });
});
