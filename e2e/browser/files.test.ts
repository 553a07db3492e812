/** Files from one person's browser to another's, over two nodes: a picture is seen, a text is saved, and neither can do anything in the page. */
import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, launchChromium } from "@multichat/testing/chromium";
import { type Profile, openProfile } from "../support/profile.ts";
import { type Village, createVillage } from "../support/village.ts";

let browser: Browser;
let village: Village;
let alice: Profile;
let bob: Profile;

describe.skipIf(!hasChromium)("files, in two browsers", () => {
  beforeAll(async () => {
    [browser, village] = await Promise.all([launchChromium(), createVillage()]);
    const [one, two] = await Promise.all([village.node("Alice"), village.node("Bob")]);
    await village.workspace("Team", one, two);
    [alice, bob] = await Promise.all([openProfile(browser, one), openProfile(browser, two)]);
    await bob.composer().waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await village?.[Symbol.asyncDispose]();
  });

  test("Alice drops a picture and a page; Bob sees the one and saves the other, under a name that says what it is", async () => {
    await alice.composer().waitFor();
    await alice.page.evaluate(async () => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [1_600, 1_200];
      const context = canvas.getContext("2d")!;
      for (let i = 0; i < 400; i++) {
        context.fillStyle = `hsl(${i * 7} 60% 50%)`;
        context.fillRect((i * 137) % 1_600, (i * 89) % 1_200, 120, 90);
      }
      const picture = await new Promise<Blob | null>((resolve) =>
        canvas.toBlob(resolve, "image/jpeg"),
      );
      const data = new DataTransfer();
      data.items.add(new File([picture!], "garden.jpg", { type: "image/jpeg" }));
      data.items.add(
        new File(["<script>document.title = 'taken'</script>"], "plan\u202Etxt.html", {
          type: "text/html",
        }),
      );
      document
        .querySelector("main")!
        .dispatchEvent(
          new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }),
        );
    });
    await alice.write("The garden, and the plan");

    const row = bob.row("The garden, and the plan");
    const picture = row
      .getByRole("button", { name: "Picture garden.jpg from Alice, show it large" })
      .locator("img");
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBe(640);
    await picture.click();
    const large = bob.page.getByRole("img", { name: "Picture garden.jpg from Alice" });
    await expect
      .poll(() => large.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBe(1_600);
    await bob.closeSheets();

    const link = row.getByRole("link", { name: "Save plantxt.html" });
    const [saved] = await Promise.all([bob.page.waitForEvent("download"), link.click()]);
    expect(saved.suggestedFilename()).toBe("plantxt.html");
    expect(await readFile(await saved.path(), "utf8")).toContain("<script>");
    const address = await link.evaluate((anchor: HTMLAnchorElement) => anchor.href);
    const answer = await bob.page.request.get(address);
    expect(answer.headers()).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition": "attachment; filename*=UTF-8''plantxt.html",
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
    });
    const stranger = await browser.newContext();
    expect((await stranger.request.get(address)).status()).toBe(401);
    await stranger.close();
    expect([...alice.complaints, ...bob.complaints]).toEqual([]);
  });

  test("Bob finds it by having a file", async () => {
    await bob.page.keyboard.press("Control+f");
    const sheet = bob.page.getByRole("dialog", { name: "Search messages" });
    await sheet.getByRole("combobox", { name: "Search messages" }).fill("has:file ");
    const found = sheet.locator("button[role=option]");
    await expect.poll(() => found.allTextContents()).toEqual([expect.stringContaining("The garden, and the plan")]);
  });

  test("Bob finds it by a part of a file's name, which is marked", async () => {
    const sheet = bob.page.getByRole("dialog", { name: "Search messages" });
    await sheet.getByRole("combobox", { name: "Search messages" }).fill("PLANTX");
    const found = sheet.locator("button[role=option]");
    await expect.poll(() => found.locator("mark").allTextContents()).toEqual(["plantxt"]);
    expect(await found.allTextContents()).toEqual([expect.stringContaining("plantxt.html")]);
  });
});
