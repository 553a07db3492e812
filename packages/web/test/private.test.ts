/** Private channels, conversations with people, and requests by strangers, in a real browser. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { appInBrowser } from "./app-in-browser.ts";
import { asked } from "./asked.ts";
import { hasChromium } from "@multichat/testing/chromium";
import { idOf } from "./fake/world.ts";

describe.skipIf(!hasChromium)("private places", { timeout: 60_000 }, () => {
  const { open } = appInBrowser({ width: 1200, height: 820 });
  const heading = (page: Page, name: string | RegExp) =>
    page.getByRole("heading", { level: 1, name }).waitFor();
  const press = (page: Page, name: string) =>
    page.getByRole("dialog").last().getByRole("button", { name, exact: true }).click();

  test("a conversation lies beside the workspace one comes from, and is named by its people", async () => {
    const page = await open("governed");
    const lists = page.getByRole("navigation", { name: "Channels" });
    await lists.getByRole("link", { name: "harvest-party (private)" }).click();
    await heading(page, "(private) harvest-party");
    await page
      .getByText("Only the people in it can read this, and only they see that it exists.")
      .first()
      .waitFor();
    await lists.getByRole("link", { name: "Carol" }).click();
    await heading(page, "Carol");
    expect(
      await page.getByRole("textbox", { name: "Message to Carol" }).getAttribute("placeholder"),
    ).toBe("Message Carol");
    await lists.getByRole("link", { name: "general" }).waitFor();
    expect(
      await page
        .getByRole("navigation", { name: "Workspaces" })
        .locator("[aria-current=page]")
        .textContent(),
    ).toContain("Garden Club");
    await expect.poll(() => page.title()).toContain("Carol");
  });

  test("people are found by parts of their names, and a conversation with them opens", async () => {
    const page = await open("governed");
    await page.getByRole("button", { name: "New message" }).click();
    const dialog = page.getByRole("dialog", { name: "New message" });
    expect(await dialog.getByRole("button", { name: "Open conversation" }).isDisabled()).toBe(true);
    await dialog.getByRole("searchbox").fill("minh");
    await dialog.getByRole("checkbox", { name: "Nguyễn Thị Minh Khai" }).check();
    await dialog.getByText("Only the two of you can read it.").waitFor();
    await dialog.getByRole("searchbox").fill("eve");
    await dialog.getByRole("checkbox", { name: "Eve" }).check();
    await dialog.getByText("nobody in it can remove another").waitFor();
    await press(page, "Open conversation");
    await heading(page, "Nguyễn Thị Minh Khai, Eve");
    expect(await asked(page, "dm.open")).toEqual([
      { accounts: [idOf("Nguyễn Thị Minh Khai"), idOf("Eve")] },
    ]);
  });

  test("who is found first is taken with Enter, and Enter once more opens the conversation", async () => {
    const page = await open("governed");
    await page.getByRole("button", { name: "New message" }).click();
    const dialog = page.getByRole("dialog", { name: "New message" });
    const field = dialog.getByRole("searchbox");
    await field.fill("minh");
    await field.press("Enter");
    await dialog.getByText("Only the two of you can read it.").waitFor();
    expect(await field.inputValue()).toBe("");
    await field.fill("nobody of that name");
    await field.press("Enter");
    expect(await asked(page, "dm.open")).toEqual([]);
    await field.fill("");
    await field.press("Enter");
    await heading(page, "Nguyễn Thị Minh Khai");
    expect(await asked(page, "dm.open")).toEqual([{ accounts: [idOf("Nguyễn Thị Minh Khai")] }]);
  });

  test("from the switcher one comes to the conversation with a person", async () => {
    const page = await open("governed");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("bruno");
    await page.keyboard.press("Enter");
    await heading(page, "Bruno Castellanos");
    expect(await asked(page, "dm.open")).toEqual([{ accounts: [idOf("Bruno Castellanos")] }]);
  });

  test("forwarding says so where others than before will read it, and into a private channel of the workspace they are none", async () => {
    const page = await open("governed");
    const warning = page.getByText("will be able to read this");
    const forwardTo = async (name: string) => {
      await page.locator("[data-row]").last().focus();
      await page.keyboard.press("f");
      await page.getByRole("combobox").fill(name);
      await page.keyboard.press("Enter");
      await page.getByRole("dialog", { name: `Forward to ${name}` }).waitFor();
    };
    await forwardTo("harvest-party");
    expect(await warning.count()).toBe(0);
    await page.keyboard.press("Escape");
    await forwardTo("Carol");
    expect(await warning.count()).toBe(1);
  });

  test("adding somebody to a conversation of two opens a new one, and says so", async () => {
    const page = await open("direct");
    await page.getByRole("button", { name: "Add people" }).click();
    const dialog = page.getByRole("dialog", { name: "Add people to Carol" });
    await dialog.getByText("What is written in this one stays between you two.").waitFor();
    await dialog.getByRole("checkbox", { name: "Eve" }).check();
    await press(page, "Add");
    await heading(page, "Carol, Eve");
    expect(await asked(page, "dm.add")).toMatchObject([{ accounts: [idOf("Eve")] }]);
  });

  test("a private channel is made with the people chosen", async () => {
    const page = await open("create-private");
    await page.getByLabel("Name", { exact: true }).fill("Surprise Cake");
    await page.getByRole("checkbox", { name: "Carol" }).check();
    await press(page, "Create channel");
    await heading(page, "(private) surprise-cake");
    expect(await asked(page, "private.create")).toMatchObject([
      { name: "surprise-cake", members: [idOf("Carol")] },
    ]);
    await page
      .getByRole("navigation", { name: "Channels" })
      .getByRole("link", { name: "surprise-cake (private)" })
      .waitFor();
  });

  test("making a channel private says first that all have seen what was written", async () => {
    const page = await open("make-private");
    await page
      .getByText("What was written until now has been seen by all 8 other members already")
      .waitFor();
    await page.getByRole("checkbox", { name: "Carol" }).check();
    await press(page, "Make private");
    await heading(page, "(private) general");
    expect(await asked(page, "channel.make-private")).toMatchObject([{ members: [idOf("Carol")] }]);
  });

  test("requests are accepted, declined or blocked, each by itself", async () => {
    const page = await open("governed");
    await page.getByRole("button", { name: "2 message requests" }).click();
    await press(page, "Accept the request of Victor");
    await page
      .getByText(
        "Accepted. The conversation appears when Victor, or somebody else in it, is in reach.",
      )
      .waitFor();
    await press(page, "Block Oscar");
    await page.getByRole("button", { name: "Block Oscar" }).waitFor({ state: "detached" });
    expect(await asked(page, "request.accept")).toEqual([{ request: "q2" }]);
    expect(await asked(page, "request.decline")).toEqual([{ request: "q1", block: true }]);
  });

  test("who may not make channels finds the button, with the reason", async () => {
    const page = await open("governed");
    await page.evaluate(() => {
      const { fake } = window.harness;
      const [space] = fake.world.spaces;
      const permissions = space!.permissions.map((right) => ({
        ...right,
        allowed: false,
        why: "Your role here (Guest) does not include this.",
      }));
      fake.push("space", { ...space!, may: [], permissions });
    });
    const button = page.getByRole("button", { name: "Create a channel" });
    await expect.poll(() => button.getAttribute("aria-disabled")).toBe("true");
    await button.click({ force: true });
    await page
      .locator("[popover]", { hasText: "Your role here (Guest) does not include this." })
      .waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
  });
});
