/** The first minutes: a name, a phrase, a workspace; and a browser that nobody let in. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, launchChromium } from "@multichat/testing/chromium";
import { type Profile, openProfile } from "../support/profile.ts";
import { type Village, createVillage } from "../support/village.ts";

let browser: Browser;
let village: Village;

async function chooseName(profile: Profile, name: string): Promise<void> {
  const { page } = profile;
  await page.getByRole("heading", { name: "What should people call you?" }).waitFor();
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { name: "Your recovery phrase" }).waitFor();
}

async function shownWords(page: Page): Promise<string[]> {
  const items = page.getByRole("list", { name: "Recovery phrase" }).getByRole("listitem");
  await page
    .getByRole("button", { name: "I have written it down" })
    .and(page.locator(":enabled"))
    .waitFor();
  return (await items.allTextContents()).map((text) => text.replace(/^\d+/, ""));
}

/** What Chromium has against offering to install the app; and icons that are not as the manifest says. */
async function obstaclesToInstalling(page: Page): Promise<string[]> {
  const chromium = await page.context().newCDPSession(page);
  const { data = "{}", errors } = await chromium.send("Page.getAppManifest");
  const { installabilityErrors } = await chromium.send("Page.getInstallabilityErrors");
  const { icons } = JSON.parse(data) as { icons: { src: string; sizes: string }[] };
  const wrong = await page.evaluate(async (listed) => {
    const found = await Promise.all(
      listed.map(async ({ src, sizes }) => {
        const image = Object.assign(new Image(), { src });
        await image.decode();
        return sizes === "any" || sizes === `${image.naturalWidth}x${image.naturalHeight}`
          ? []
          : [src];
      }),
    );
    return found.flat();
  }, icons);
  return [
    ...errors.map(({ message }) => message),
    ...installabilityErrors.map(({ errorId }) => errorId),
    ...wrong,
  ];
}

describe.skipIf(!hasChromium)("the first run, in the browser", () => {
  beforeAll(async () => {
    [browser, village] = await Promise.all([launchChromium(), createVillage()]);
  });
  afterAll(async () => {
    await browser?.close();
    await village?.[Symbol.asyncDispose]();
  });

  test("a name, 24 words, three of them typed back, a workspace; a reload keeps it all", async () => {
    const node = await village.stranger();
    const alice = await openProfile(browser, node);
    const { page } = alice;
    await chooseName(alice, "Alice");
    expect(new URL(page.url()).hash, "the code is taken out of the address").toBe("");

    const words = await shownWords(page);
    expect(words).toHaveLength(24);
    await page.getByRole("button", { name: "I have written it down" }).click();
    await page.getByRole("heading", { name: "Type three of the words" }).waitFor();
    const fields = page.getByLabel(/^Word \d+$/);
    expect(await fields.count()).toBe(3);
    for (const field of await fields.all()) await field.fill("wrong");
    await page.getByRole("button", { name: "Check" }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("alert").textContent()).toMatch(/^Word \d+ is another one/);

    for (const field of await fields.all()) {
      const label = await field.evaluate(
        (input: HTMLInputElement) => input.labels?.[0]?.textContent,
      );
      await field.fill(words[Number(/\d+/.exec(label ?? "")?.[0]) - 1]!);
    }
    await page.getByRole("button", { name: "Check" }).click();
    await page.getByRole("heading", { name: "Where do you want to talk?" }).waitFor();
    expect((await node.call("status.get", {})).status.phraseUnsaved).toBe(false);

    await page.getByLabel("Name of a new workspace").fill("Garden club");
    await page.getByRole("button", { name: "Create workspace" }).click();
    await page.getByRole("heading", { level: 1, name: "general" }).waitFor();
    await alice.write("The first word here");
    await alice.untilDelivered("The first word here", "stored");
    await page.getByRole("button", { name: /^You: online/iu }).waitFor();

    await page.reload();
    await alice.row("The first word here").waitFor();
    expect(await page.getByText("Save your recovery phrase").count()).toBe(0);
    // Nothing but that this profile is a private one.
    expect(await obstaclesToInstalling(page)).toEqual(["in-incognito"]);
    expect(alice.complaints).toEqual([]);
  });

  test("later: the phrase is not forced on anyone, and not forgotten either", async () => {
    const node = await village.stranger();
    const bob = await openProfile(browser, node);
    const { page } = bob;
    await chooseName(bob, "Bob");
    await page.getByRole("button", { name: "Later" }).click();
    await page.getByLabel("Name of a new workspace").fill("Band");
    await page.getByLabel("Name of a new workspace").press("Enter");
    await page.getByRole("heading", { level: 1, name: "general" }).waitFor();

    await page.getByRole("button", { name: "Save your recovery phrase" }).click();
    expect(await shownWords(page)).toEqual((await node.call("account.phrase", {})).words);
    await page.keyboard.press("Escape");
    await page.reload();
    await page.getByRole("button", { name: "Save your recovery phrase" }).waitFor();
    expect(bob.complaints).toEqual([]);
  });

  test("a browser that was not let in is told how to come in, and sees nothing", async () => {
    const node = await village.node("Carol");
    const stranger = await openProfile(browser, null);
    await stranger.page.goto(node.ready.api);
    await stranger.page
      .getByRole("heading", { name: "Open Multichat from this computer" })
      .waitFor();
    await stranger.sees("npm start");
    // Nor with a code that was used before.
    const address = await node.browserAddress();
    await (await openProfile(browser, null)).page.goto(address);
    await stranger.page.goto(address);
    await stranger.page.reload();
    await stranger.page
      .getByRole("heading", { name: "Open Multichat from this computer" })
      .waitFor();
    expect(await stranger.page.getByText("Carol").count()).toBe(0);
  });

  test("a page on another origin cannot use the node of whoever looks at it", async () => {
    const node = await village.node("Dan");
    const dan = await openProfile(browser, node);
    await dan.page.getByRole("heading", { name: "Where do you want to talk?" }).waitFor();
    // In the same profile, with the cookie there: a page that another local server serves.
    const evil = await dan.page.context().newPage();
    await evil.route("http://127.0.0.1:9/", (route) =>
      route.fulfill({ contentType: "text/html", body: "<h1>hello</h1>" }),
    );
    await evil.goto("http://127.0.0.1:9/");
    const outcome = await evil.evaluate(async (api) => {
      const command = {
        method: "POST",
        body: '{"command":"account.phrase","params":{}}',
        credentials: "include",
      } as const;
      const read = await fetch(`${api}/api/v1/command`, command).then(
        (answer) => answer.text(),
        () => "not readable",
      );
      await fetch(`${api}/api/v1/command`, {
        ...command,
        mode: "no-cors",
        body: '{"command":"space.create","params":{"name":"Evil"}}',
      }).catch(() => undefined);
      const socket = await new Promise((resolve) => {
        const opening = new WebSocket(`${api.replace("http", "ws")}/api/v1/socket`);
        opening.onopen = () => resolve("open");
        opening.onerror = () => resolve("refused");
      });
      return { read, socket };
    }, node.ready.api);
    expect(outcome).toEqual({ read: "not readable", socket: "refused" });
    expect((await node.call("space.list", {})).spaces).toEqual([]);
  });
});
