/** Files in a real browser: picked, pasted, dropped, made ready, sent, shown, looked at; and a voice that is recorded. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { SendMore } from "@multichat/client/contract";
import { appInBrowser } from "./app-in-browser.ts";
import { asked } from "./asked.ts";
import { hasChromium } from "@multichat/testing/chromium";

describe.skipIf(!hasChromium)("files", { timeout: 60_000 }, () => {
  const app = appInBrowser({ width: 1200, height: 760 }, ["--use-fake-device-for-media-stream"]);
  const staged = (page: Page) =>
    page.getByRole("list", { name: "To be sent" }).getByRole("listitem");
  const row = (page: Page, text: string) => page.locator("[data-row]", { hasText: text });
  const sent = async (page: Page) =>
    (await asked(page, "message.send")) as ({ text: string } & SendMore)[];

  /** Lets go of files over the conversation, or pastes them. */
  const give = (
    page: Page,
    how: "drop" | "paste",
    files: { name: string; type: string; text: string }[],
  ) =>
    page.evaluate(
      ({ kind, given }) => {
        const data = new DataTransfer();
        for (const { name, type, text } of given) data.items.add(new File([text], name, { type }));
        const target = document.querySelector(kind === "drop" ? "main" : "#composer")!;
        if (kind === "drop") {
          target.dispatchEvent(
            new DragEvent("dragover", { dataTransfer: data, bubbles: true, cancelable: true }),
          );
          target.dispatchEvent(
            new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }),
          );
        } else
          target.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
          );
      },
      { kind: how, given: files },
    );

  test("a photo goes without the place where it was taken, or with it if that is wished", async () => {
    const page = await app.open("staged");
    await staged(page)
      .filter({ hasText: "IMG_2041.jpg" })
      .getByText("Camera and place data is left out")
      .waitFor();
    await staged(page).filter({ hasText: "empty.bin" }).getByText("This file is empty.").waitFor();
    expect(await page.getByRole("button", { name: "Send", exact: true }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Remove empty.bin" }).click();
    const heldBytes = () =>
      page.evaluate(async () => {
        const { app: shown, fakeFile } = window.harness;
        const step = Object.values(shown.store.getState().staged).flat()[0]!.step;
        return step.at === "ready" ? await fakeFile(step.draft.blob)!.text() : null;
      });
    await expect.poll(heldBytes).not.toBeNull();
    expect(await heldBytes()).not.toContain("GPS");
    await page.getByRole("switch", { name: "Keep camera and place data" }).click();
    await expect.poll(heldBytes).toContain("GPS 48.8583");
    await page.getByRole("switch", { name: "Keep camera and place data" }).click();
    await expect.poll(heldBytes).not.toContain("GPS");
    const described = page.getByLabel("What IMG_2041.jpg shows, for those who do not see it");
    await described.fill(" The river from above ");
    // Enter is for where the message is written.
    await described.press("Enter");
    expect(await sent(page)).toEqual([]);
    await page.fill("#composer", "From the tower");
    await page.press("#composer", "Enter");
    const [message] = await sent(page);
    expect(message!.files!.map(({ name, type, shape }) => ({ name, type, shape }))).toEqual([
      {
        name: "IMG_2041.jpg",
        type: "image/jpeg",
        shape: { width: 48, height: 32, alt: "The river from above" },
      },
      { name: "seed list\u202Exslx.txt", type: "text/plain" },
    ]);
    await row(page, "From the tower")
      .getByRole("button", {
        name: "The river from above. Picture from Ines Marquez, show it large",
      })
      .locator("img")
      .waitFor();
    // What turns names around is neither shown nor saved.
    expect(
      await row(page, "From the tower")
        .getByRole("link", { name: "Save seed listxslx.txt" })
        .getAttribute("download"),
    ).toBe("seed listxslx.txt");
    expect(await staged(page).count()).toBe(0);
    expect(app.problems).toEqual([]);
  });

  test("a picture that waits shows itself, and is kept small for when the page is loaded again", async () => {
    const page = await app.open("files");
    await page.evaluate(async () => {
      const canvas = document.createElement("canvas");
      canvas.width = 1_200;
      canvas.height = 800;
      const bytes = await new Promise<Blob>((made) => canvas.toBlob((blob) => made(blob!)));
      const data = new DataTransfer();
      data.items.add(new File([bytes], "beds.png", { type: "image/png" }));
      document
        .querySelector("#composer")!
        .dispatchEvent(
          new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
        );
    });
    const picture = staged(page).filter({ hasText: "beds.png" }).locator("img");
    await expect
      .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth))
      .toBe(144);
    const source = (await picture.getAttribute("src"))!;
    await expect
      .poll(() => page.evaluate(() => localStorage.getItem("multichat.staged")))
      .toContain(source);
    expect(source.length).toBeLessThan(20_000);
    await page.press("#composer", "Enter");
    await expect
      .poll(() => page.evaluate(() => localStorage.getItem("multichat.staged")))
      .toBeNull();
    expect(app.problems).toEqual([]);
  });

  test("a topic of a forum can have files", async () => {
    const page = await app.open("create-topic");
    await page.getByRole("textbox", { name: "Title" }).fill("Seeds");
    const start = page.getByRole("button", { name: "Start the topic" });
    expect(await start.isDisabled()).toBe(true);
    await page
      .locator("dialog input[type=file]")
      .setInputFiles({ name: "seeds.txt", mimeType: "text/plain", buffer: Buffer.from("one") });
    await staged(page).filter({ hasText: "seeds.txt" }).waitFor();
    await start.click();
    await expect
      .poll(() => sent(page))
      .toMatchObject([{ text: "", title: "Seeds", files: [{ name: "seeds.txt" }] }]);
    expect(app.problems).toEqual([]);
  });

  test("what is dropped or pasted is attached, goes without a text, and where none may be attached it says why", async () => {
    const page = await app.open("files");
    await give(page, "drop", [{ name: "a.txt", type: "text/plain", text: "one" }]);
    await give(page, "paste", [{ name: "b.bin", type: "", text: "two" }]);
    await expect.poll(() => staged(page).count()).toBe(2);
    await page.press("#composer", "Enter");
    await expect
      .poll(() => sent(page))
      .toMatchObject([
        {
          text: "",
          files: [{ name: "a.txt" }, { name: "b.bin", type: "application/octet-stream" }],
        },
      ]);
    await page.evaluate(() => {
      const { store } = window.harness.app;
      store.setState((s) => ({
        spaces: Object.fromEntries(
          Object.entries(s.spaces).map(([id, space]) => [id, { ...space, fileLimit: 10_000 }]),
        ),
      }));
    });
    await give(page, "drop", [{ name: "large.txt", type: "text/plain", text: "0".repeat(20_000) }]);
    await staged(page)
      .getByText("Files here may have at most 10 kB; this one has 20 kB.")
      .waitFor();
    await page.getByRole("button", { name: "Remove large.txt" }).click();
    await page.evaluate(() => {
      const { store } = window.harness.app;
      const channels = Object.entries(store.getState().channels).map(([id, channel]) => [
        id,
        {
          ...channel,
          permissions: channel.permissions.map((right) =>
            right.permission === "attach"
              ? { ...right, allowed: false, why: "Only members attach files." }
              : right,
          ),
        },
      ]);
      store.setState({ channels: Object.fromEntries(channels) });
    });
    await give(page, "drop", [{ name: "c.txt", type: "text/plain", text: "three" }]);
    expect(await staged(page).count()).toBe(0);
    await page.getByRole("button", { name: "Add to the message" }).click();
    await page
      .getByRole("menuitem", { name: /Attach files.*Only members attach files\./u })
      .waitFor();
  });

  test("one that is not taken says why and is tried again, one that is stopped does not go, and sending waits for what is on its way", async () => {
    const page = await app.open("files");
    const uploads = (how: "taken" | "refused") =>
      page.evaluate((wanted) => void (window.harness.uploads.how = wanted), how);
    await uploads("refused");
    await give(page, "drop", [{ name: "a.txt", type: "text/plain", text: "one" }]);
    await staged(page).getByText("The disk is full.").waitFor();
    await uploads("taken");
    await staged(page).getByRole("button", { name: "Try again" }).click();
    await expect
      .poll(() => page.getByRole("button", { name: "Send", exact: true }).isEnabled())
      .toBe(true);

    await page.evaluate(() => {
      const { promise, resolve } = Promise.withResolvers<void>();
      window.harness.uploads.how = promise;
      addEventListener("release", () => resolve(), { once: true });
    });
    await give(page, "drop", [
      { name: "b.txt", type: "text/plain", text: "two" },
      { name: "c.txt", type: "text/plain", text: "three" },
    ]);
    await staged(page).getByRole("progressbar", { name: "How much of c.txt is ready" }).waitFor();
    await page.fill("#composer", "All of them");
    await page.press("#composer", "Enter");
    await page.getByText("It is sent as soon as its files are ready.").waitFor();
    await page.getByRole("button", { name: "Stop and remove b.txt" }).click();
    expect(await sent(page)).toEqual([]);
    await page.evaluate(() => dispatchEvent(new Event("release")));
    await expect
      .poll(() => sent(page))
      .toMatchObject([{ text: "All of them", files: [{ name: "a.txt" }, { name: "c.txt" }] }]);
    expect(await page.inputValue("#composer")).toBe("");
  });

  test("a file that is not here says why, can be tried again and given up; a false picture is a file", async () => {
    const page = await app.open("files");
    const panorama = row(page, "No member who has it is connected now.");
    await panorama.getByRole("button", { name: "Try again: panorama.jpg" }).click();
    expect(await asked(page, "file.fetch")).toHaveLength(1);
    await panorama.getByRole("button", { name: "Stop trying: panorama.jpg" }).click();
    await page.getByRole("button", { name: "Get it (18.4 MB): panorama.jpg" }).waitFor();
    await row(page, "The film of the opening")
      .getByText("From Bruno Castellanos: 7.2 MB of 18.4 MB")
      .waitFor();
    // It says that it is small, and would fill fourteen gigabytes.
    await row(page, "A map").getByText("so large that it is not shown here").waitFor();
    await row(page, "Is this one broken?")
      .getByText("This is not a picture that can be shown.")
      .waitFor();
  });

  test("a picture is shown large, the next one by an arrow; what is looked at once is not there again", async () => {
    const page = await app.open("files");
    await page.getByRole("button", { name: /^Picture beds\.png/u }).click();
    const look = page.getByRole("dialog");
    await look.getByRole("img", { name: "Picture beds.png from Bruno Castellanos" }).waitFor();
    await page.keyboard.press("ArrowRight");
    await look.getByRole("img", { name: "Picture shed.png from Bruno Castellanos" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Look at it once" }).click();
    await look.getByText("This is the only time you see it").waitFor();
    await look.getByRole("img", { name: "Picture key.png from Bruno Castellanos" }).waitFor();
    expect(await look.getByRole("link", { name: /Save/u }).count()).toBe(0);
    expect(await asked(page, "file.looked")).toHaveLength(1);
    await page.keyboard.press("Escape");
    expect(await page.getByRole("button", { name: "Look at it once" }).count()).toBe(0);
  });

  test("a voice message is recorded, listened to, and sent with its length and loudness", async () => {
    const page = await app.open("files");
    await page.context().grantPermissions(["microphone"]);
    await page.getByRole("button", { name: "Record a voice message" }).click();
    await page
      .getByRole("button", { name: "Stop and listen first" })
      .and(page.locator(":enabled"))
      .waitFor();
    await page.clock.runFor(2_000);
    await page.getByRole("button", { name: "Stop and listen first" }).click();
    await staged(page).filter({ hasText: "Voice message" }).waitFor();
    await expect
      .poll(() => page.getByRole("button", { name: "Send", exact: true }).isEnabled())
      .toBe(true);
    await page.press("#composer", "Enter");
    const [message] = await sent(page);
    const [voice] = message!.files!;
    expect(voice).toMatchObject({ name: "voice.webm", type: "audio/webm", shape: { voice: true } });
    expect(voice!.shape!.duration).toBeGreaterThanOrEqual(2_000);
    expect(voice!.shape!.wave!.length).toBeGreaterThan(10);
    await page
      .getByRole("button", { name: /^Play voice message, 0:0/u })
      .last()
      .waitFor();
    expect(app.problems).toEqual([]);
  });
});
