/** Codes go from one real screen to the other's camera: the picture in the page that shows one is all that the camera sees. */
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, launchChromium } from "@multichat/testing/chromium";
import { type Profile, openProfile } from "../support/profile.ts";
import { type Village, createVillage } from "../support/village.ts";

let folder: string;
let browser: Browser;
let village: Village;
let alice: Profile;
let bob: Profile;
let carol: Profile;
let desktop: Profile;

const film = (): string => join(folder, "film.mjpeg");

/** Holds the picture on this screen up to the camera. It is drawn, not photographed: a page behind others need not be painted. */
async function holdUp(page: Page, code: string): Promise<void> {
  const jpeg = await page.getByRole("img", { name: code }).evaluate(async (shown) => {
    const image = new Image();
    const text = new XMLSerializer().serializeToString(shown);
    const drawn = new Promise((resolve, reject) => {
      image.addEventListener("load", resolve);
      image.addEventListener("error", reject);
    });
    image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
    await drawn;
    const canvas = Object.assign(document.createElement("canvas"), { width: 1_280, height: 720 });
    const context = canvas.getContext("2d")!;
    context.fillStyle = "#888";
    context.fillRect(0, 0, 1_280, 720);
    context.drawImage(image, 360, 80, 560, 560);
    return canvas.toDataURL("image/jpeg", 0.85).split(",")[1]!;
  });
  // A camera that is still on goes on seeing the picture before.
  await writeFile(`${film()}.next`, jpeg, "base64");
  await rename(`${film()}.next`, film());
}

async function openNumber({ page, row }: Profile, name: string): Promise<void> {
  await row(`${name} was here`).getByRole("button", { name, exact: true }).click();
  await page.getByRole("button", { name: "Compare safety numbers" }).click();
  await page.getByRole("img", { name: "Your code to scan as a QR code" }).waitFor();
}

describe.skipIf(!hasChromium)("scanning, from screen to camera", () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "multichat-film-"));
    [browser, village] = await Promise.all([
      launchChromium(
        "--use-fake-device-for-media-stream",
        `--use-file-for-fake-video-capture=${film()}`,
      ),
      createVillage(),
    ]);
    const people = await Promise.all(["Alice", "Bob", "Carol"].map((name) => village.node(name)));
    const [one, two, three] = people as [
      (typeof people)[0],
      (typeof people)[0],
      (typeof people)[0],
    ];
    const space = await village.workspace("Team", one, two, three);
    const general = await one.channel(space.id);
    await one.say(general, "Alice was here");
    await two.say(general, "Bob was here");
    [alice, bob, carol, desktop] = await Promise.all([
      openProfile(browser, one),
      openProfile(browser, two),
      openProfile(browser, three),
      openProfile(browser, await village.stranger()),
    ]);
    for (const { page } of [alice, bob, carol, desktop])
      await page.context().grantPermissions(["camera"]);
    await alice.row("Bob was here").waitFor();
    await carol.row("Alice was here").waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await village?.[Symbol.asyncDispose]();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  test("Carol's code does not make sure of Bob, and Bob's does", async () => {
    await openNumber(alice, "Bob");
    await openNumber(bob, "Alice");
    await openNumber(carol, "Alice");

    await holdUp(carol.page, "Your code to scan as a QR code");
    await alice.page.getByRole("button", { name: "Scan the code of Bob" }).click();
    await alice.page.getByRole("alert").getByText("This code belongs to somebody else").waitFor();

    await holdUp(bob.page, "Your code to scan as a QR code");
    await alice.page.getByRole("button", { name: "Scan the code of Bob" }).click();
    await alice.page.getByRole("status").getByText("The code matches").waitFor();
    for (const { page } of [alice, bob, carol]) await page.keyboard.press("Escape");
    await alice.row("Bob was here").getByRole("img", { name: "Verified by you" }).waitFor();
    expect(
      await carol.row("Alice was here").getByRole("img", { name: "Verified by you" }).count(),
    ).toBe(0);
  });

  test("a new device takes the link code from the screen of the old one, and both show the same pictures", async () => {
    const { page } = alice;
    await page.keyboard.press("Control+,");
    await page.getByRole("link", { name: "Devices" }).click();
    await page.getByRole("button", { name: "Link a device" }).click();
    await holdUp(page, "The code for the new device as a QR code");

    const fresh = desktop.page;
    await fresh.getByRole("button", { name: "I already have an account" }).click();
    await fresh.getByRole("button", { name: /^Link this device/ }).click();
    await fresh.getByRole("button", { name: "Scan the code with the camera" }).click();
    const shown = (at: Page): Promise<string[]> =>
      at.getByRole("list", { name: "Pictures to compare" }).getByRole("listitem").allTextContents();
    await fresh.getByRole("heading", { name: "Compare the pictures" }).waitFor();
    await page.getByRole("list", { name: "Pictures to compare" }).waitFor();
    await expect.poll(() => shown(fresh)).toHaveLength(7);
    await expect.poll(() => shown(page)).toEqual(await shown(fresh));
    expect([alice, bob, carol, desktop].flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
