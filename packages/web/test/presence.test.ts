/** Presence in a real browser: the own menu, a status with an emoji, and who is there beside their names. */
import { hasChromium } from "@multichat/testing/chromium";
import { describe, expect, test } from "vitest";
import { appInBrowser } from "./app-in-browser.ts";

describe.skipIf(!hasChromium)("presence", { timeout: 120_000 }, () => {
  const app = appInBrowser({ width: 1440 });

  test("is said in words, chosen from the rail, and a status takes an emoji from the picker in the settings", async () => {
    const page = await app.open("members");
    await page
      .getByRole("button", { name: /Do not disturb/ })
      .first()
      .waitFor();
    await page.getByRole("button", { name: "You: Online" }).click();
    const chosen = page.getByRole("menuitemradio", { checked: true });
    expect(await chosen.textContent()).toBe("Online");
    await page.getByRole("menuitemradio", { name: "Invisible" }).click();
    await page.getByRole("button", { name: "You: Invisible" }).click();
    expect(await chosen.textContent()).toBe("Invisible");
    await page.keyboard.press("ArrowDown");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Away");
    await page.getByRole("menuitem", { name: "Set a status…" }).click();
    await page.getByRole("button", { name: "At lunch" }).click();
    await page.getByRole("button", { name: /^Emoji: / }).click();
    await page.getByRole("listbox").getByRole("option").first().click();
    await page.getByRole("button", { name: "Save status" }).click();
    await page.getByRole("button", { name: "Clear" }).waitFor();
    await page.keyboard.press("Escape");
    const own = page.getByRole("button", { name: /^You: Invisible · .+ At lunch$/ });
    await own.waitFor();
    expect(await own.getAttribute("aria-label")).not.toContain("🍜");
    expect(app.problems).toEqual([]);
  });

  test("stands beside whoever one talks with, in the list of conversations", async () => {
    const page = await app.open("direct");
    const state = /^(Online|Away|Do not disturb)$/;
    const direct = page.getByRole("navigation", { name: "Channels" }).getByRole("link");
    await direct.filter({ has: page.getByRole("img", { name: state }) }).first().waitFor();
    expect(app.problems).toEqual([]);
  });

  test("is told to no workspace from which one was removed", async () => {
    const page = await app.open("settings-presence");
    const choice = page.getByRole("group", { name: "Garden Club" });
    await choice.waitFor();
    await page.evaluate(() => {
      const { store } = window.harness.app;
      const removed = { how: "removed", by: null, at: 0, until: 0 } as const;
      const spaces = Object.entries(store.getState().spaces).map(([id, space]) => [
        id,
        space.name === "Garden Club" ? { ...space, removed } : space,
      ]);
      store.setState({ spaces: Object.fromEntries(spaces) });
    });
    await choice.waitFor({ state: "detached" });
    expect(app.problems).toEqual([]);
  });

  test("has exceptions for people, which are added, changed and taken away", async () => {
    const page = await app.open("settings-presence");
    const row = (name: string) => page.getByRole("listitem").filter({ hasText: name });
    const add = page.getByRole("combobox", { name: "Add a person" });
    await add.selectOption("Bruno Castellanos");
    const bruno = page.getByRole("combobox", { name: "What Bruno Castellanos sees" });
    await expect.poll(() => bruno.inputValue()).toBe("never");
    await bruno.selectOption("Always sees me");
    await expect.poll(() => bruno.inputValue()).toBe("always");
    await page.getByRole("button", { name: "Remove the exception for Bruno Castellanos" }).click();
    await row("Bruno Castellanos").waitFor({ state: "detached" });
    await add.getByRole("option", { name: "Bruno Castellanos" }).waitFor({ state: "attached" });
    expect(app.problems).toEqual([]);
  });
});
