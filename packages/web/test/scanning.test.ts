/** Codes are scanned in a real browser whose camera sees a film: a picture of the code, as a screen shows it. */
import { violationsOf } from "@multichat/testing/axe";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { encodeQR } from "qr";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { appInBrowser } from "./app-in-browser.ts";
import { asked } from "./asked.ts";
import { hasChromium } from "@multichat/testing/chromium";
import { linkCode, verificationCode } from "./fake/people-and-devices.ts";
import { idOf, me } from "./fake/world.ts";

let page: Page;

const invite = `multichat://join/#${"Q7rT0bWc4HkZp2_x-Y9aLm3vN8sDfGjE".repeat(9)}`;
const carols = verificationCode(idOf("Carol"));

describe.skipIf(!hasChromium)("scanning", { timeout: 60_000 }, () => {
  const film = join(tmpdir(), `multichat-film-${process.pid}.mjpeg`);
  const app = appInBrowser({ width: 1_200, height: 900 }, [
    "--use-fake-device-for-media-stream",
    `--use-file-for-fake-video-capture=${film}`,
  ]);

  afterAll(() => rm(film, { force: true }));
  beforeEach(() => show(""));

  /** From here on the camera, once it is switched on, sees this code. */
  const show = async (text: string): Promise<void> => {
    const screen = await app.browser.newPage({ viewport: { width: 1_280, height: 720 } });
    await screen.setContent(
      `<body style="display:grid;place-items:center;height:100vh;margin:0;background:#888">${text && encodeQR(text, "svg", { ecc: "low" })}<style>svg{width:560px;height:560px}</style>`,
    );
    await writeFile(film, await screen.screenshot({ type: "jpeg", quality: 80 }));
    await screen.close();
  };
  const open = async (
    screen: string,
    camera: "allowed" | "not allowed" = "allowed",
  ): Promise<void> => {
    page = await app.open(screen);
    await page.context().clearPermissions();
    await page.context().grantPermissions(camera === "allowed" ? ["camera"] : []);
  };
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  /** That the camera is off: a browser shows a light as long as one track is live. */
  const cameraOff = () => page.waitForFunction(() => document.querySelector("video") === null);

  test("the new device scans the code of the old one, and is linked without anything typed", async () => {
    await show(linkCode);
    await open("link-here");
    await page.getByLabel("Name of this device").fill("Kitchen");
    await press("Scan the code with the camera");
    await page.getByRole("status").getByText("Connecting to the other device.").waitFor();
    expect(await asked(page, "device.link-enter")).toEqual([{ code: linkCode, name: "Kitchen" }]);
    await cameraOff();
  });

  test("a code of another kind is named, and the camera goes on looking", async () => {
    await show(invite);
    await open("link-here");
    await press("Scan the code with the camera");
    await page.getByRole("status").getByText("This is an invite to a workspace").waitFor();
    await page.getByLabel("What the camera sees").waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await press("Stop scanning");
    await cameraOff();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      "Scan the code with the camera",
    );

    await show("https://example.org/menu");
    await press("Scan the code with the camera");
    await page.getByRole("status").getByText("This code is not one of Multichat.").waitFor();
    expect(await asked(page, "device.link-enter")).toEqual([]);
  });

  test("who does not let the page use the camera is told what to do instead, and may think again", async () => {
    await show(linkCode);
    await open("link-here", "not allowed");
    await press("Scan the code with the camera");
    const alert = page.getByRole("alert");
    await alert.getByText("The browser does not let Multichat use the camera.").waitFor();
    await alert.getByText("Copy it there and paste it above, or type it.").waitFor();
    await page.context().grantPermissions(["camera"]);
    await press("Try again");
    await page.getByRole("status").getByText("Connecting to the other device.").waitFor();
    expect(await asked(page, "device.link-enter")).toMatchObject([{ code: linkCode }]);
  });

  test("while the browser asks, and where there is no camera or another program has it, the page says so", async () => {
    await open("link-here");
    const answer = (name: string | null) =>
      page.evaluate((refusal) => {
        navigator.mediaDevices.getUserMedia = () =>
          refusal === null
            ? new Promise(() => undefined)
            : Promise.reject(new DOMException("", refusal));
      }, name);
    await answer(null);
    await press("Scan the code with the camera");
    await page
      .getByRole("status")
      .getByText("Your browser asks whether Multichat may use the camera.")
      .waitFor();
    await press("Stop scanning");
    for (const [name, said] of [
      ["NotFoundError", "No camera is to be found on this computer."],
      ["NotReadableError", "Another program may be using it."],
    ] as const) {
      await answer(name);
      await press("Scan the code with the camera");
      await page.getByRole("alert").getByText(said).waitFor();
      await press("Stop scanning");
    }
    expect(await asked(page, "device.link-enter")).toEqual([]);
  });

  test("the code of the one it is about matches and verifies", async () => {
    await show(carols);
    await open("safety");
    await press("Scan the code of Carol");
    await page.getByRole("status").getByText("The code matches").waitFor();
    await page.getByRole("status").getByText("You read the code of Carol").waitFor();
    expect(await asked(page, "contact.verify")).toEqual([
      { account: idOf("Carol"), method: "qr", code: carols },
    ]);
    await cameraOff();
  });

  test.each([
    ["of somebody else", verificationCode(idOf("Eve")), "This code belongs to somebody else"],
    ["with other keys", verificationCode(idOf("Carol"), "other"), "The code does not match"],
    ["of one's own", verificationCode(me.id), "This is your own code"],
  ])("a code %s verifies nothing, and says why", async (_, code, said) => {
    await show(code);
    await open("safety");
    await press("Scan the code of Carol");
    await page.getByRole("alert").getByText(said).waitFor();
    expect(await page.getByText("You read the code of Carol").count()).toBe(0);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("feed").waitFor();
  });

  test("an invite is scanned instead of pasted", async () => {
    await show(invite);
    await open("start");
    await press("Scan an invite with the camera");
    await page.getByText("Chess Club Lisbon").first().waitFor();
    expect(await asked(page, "invite.preview")).toEqual([{ link: invite }]);
  });

  test("the camera goes off with the sheet", async () => {
    await open("safety");
    await press("Scan the code of Carol");
    const live = await page
      .getByLabel("What the camera sees")
      .evaluateHandle(
        (video: HTMLVideoElement) => (video.srcObject as MediaStream).getTracks()[0]!,
      );
    expect(await live.evaluate((track) => track.readyState)).toBe("live");
    await page.keyboard.press("Escape");
    await page.waitForFunction((track) => track.readyState === "ended", live);
  });
});
