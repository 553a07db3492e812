/** The settings in a real browser: their addresses, the keyboard, a narrow window, and being asked for while Multichat is off. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { appInBrowser } from "./app-in-browser.ts";
import { hasChromium } from "@multichat/testing/chromium";

describe.skipIf(!hasChromium)("the settings", { timeout: 60_000 }, () => {
  const { open: openScreen } = appInBrowser({ width: 1200, height: 760 });
  const open = (width: number) => openScreen("team", { width });
  const section = (page: Page, name: string) =>
    page
      .getByRole("dialog", { name: "Settings" })
      .getByRole("heading", { level: 3, name, exact: true });
  const link = (page: Page, name: string) =>
    page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name });
  const hash = (page: Page) => page.evaluate(() => location.hash);
  const closed = (page: Page) => page.getByRole("dialog").waitFor({ state: "detached" });

  test("are walked by keyboard, and closing leads back to where one was, leaving no trace", async () => {
    const page = await open(1200);
    const before = await hash(page);
    const entries = await page.evaluate(() => history.length);
    await page.locator("#composer").focus();
    await page.keyboard.press("Control+,");
    await section(page, "Profile").waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe("Profile");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await section(page, "Presence").waitFor();
    await expect.poll(() => hash(page)).toBe("#/settings/presence");
    await expect.poll(() => link(page, "Presence").getAttribute("aria-current")).toBe("page");
    await link(page, "Invites").focus();
    await page.keyboard.press("Enter");
    await section(page, "Invites").waitFor();
    await expect.poll(() => hash(page)).toMatch(/^#\/w\/[0-9a-f]{64}\/settings\/invites$/u);
    await page.keyboard.press("Escape");
    await closed(page);
    await expect.poll(() => hash(page)).toBe(before);
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("composer");
    // One entry ahead, as after any going back.
    await expect.poll(() => page.evaluate(() => history.length)).toBe(entries + 1);
  });

  test("are found by the switcher and in the workspace's menu", async () => {
    const page = await open(1200);
    await page.getByRole("button", { name: /: menu$/u }).click();
    await page.getByRole("menuitem", { name: "Workspace settings" }).click();
    await section(page, "Overview").waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Go to" }).fill("seeds");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "seeds-and-tools" }).waitFor();
    await closed(page);
    await expect.poll(() => hash(page)).toMatch(/^#\/w\/[0-9a-f]{64}\/c\//u);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Go to" }).fill("backup");
    await page.getByRole("option", { name: /^Backup/u }).waitFor();
    await page.keyboard.press("Enter");
    await section(page, "Backup").waitFor();
  });

  test("show one pane in a narrow window, with the focus and the browser's back going along", async () => {
    const page = await open(360);
    const before = await hash(page);
    await page.keyboard.press("Control+,");
    await link(page, "Backup").click();
    await section(page, "Backup").waitFor();
    expect(await page.getByRole("navigation", { name: "Sections" }).count()).toBe(0);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe("Backup");
    await page.getByRole("dialog").getByRole("button", { name: "Back", exact: true }).click();
    await link(page, "Backup").waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe("Backup");
    await expect.poll(() => hash(page)).toBe("#/settings");
    await link(page, "Appearance").click();
    await section(page, "Appearance").waitFor();
    await page.goBack();
    await link(page, "Appearance").waitFor();
    await page.goBack();
    await closed(page);
    await expect.poll(() => hash(page)).toBe(before);
  });

  test("with text twice as large leave room for one pane, from which there is a way back", async () => {
    const page = await openScreen("team", { width: 700 }, { textSize: 200 });
    await page.getByRole("button", { name: "Back" }).click();
    await page.getByRole("link", { name: "seeds-and-tools" }).waitFor();
    expect(await page.locator("#composer").count()).toBe(0);
  });

  test("with text twice as large keep what is pressed beside writing in one row", async () => {
    const page = await openScreen("team", { width: 390, touch: true }, { textSize: 200 });
    const tops = await page.evaluate(() =>
      [...document.querySelectorAll("#composer ~ button, #composer ~ * > button, form:has(#composer) [aria-haspopup=menu]")]
        .map((button) => button.getBoundingClientRect())
        .filter(({ width }) => width > 0)
        .map(({ top, height }) => Math.round(top + height / 2)),
    );
    expect(tops.length).toBeGreaterThan(3);
    expect(new Set(tops).size).toBe(1);
  });

  test("come back where they were when the page is loaded again", async () => {
    const page = await open(1200);
    const before = await hash(page);
    await page.keyboard.press("Control+,");
    await link(page, "Appearance").click();
    await section(page, "Appearance").waitFor();
    const address = await page.evaluate(() => location.href);
    await page.reload();
    await section(page, "Appearance").waitFor();
    await expect.poll(() => page.evaluate(() => location.href)).toBe(address);
    await page.getByRole("button", { name: "Close" }).click();
    await closed(page);
    await expect.poll(() => hash(page)).toBe(before);
  });

  test("say that Multichat is not running when a part of them cannot be fetched, and appear when it runs", async () => {
    const page = await open(1200);
    let away = true;
    await page.route(/Appearance/u, (route) => (away ? route.abort() : route.fallback()));
    // It was perhaps fetched ahead of time already.
    await page.reload();
    await page.locator("html[data-shown]").waitFor();
    await page.evaluate(() => window.harness.fake.setState("connecting"));
    await page.keyboard.press("Control+,");
    await link(page, "Appearance").click();
    await page
      .getByRole("dialog")
      .getByRole("alert")
      .getByText("Multichat is not running on this computer")
      .waitFor();
    away = false;
    await page.evaluate(() => window.harness.fake.setState("open"));
    await page.getByRole("group", { name: "Theme" }).waitFor();
    await expect.poll(() => page.getByRole("dialog").getByRole("alert").count()).toBe(0);
  });
});
