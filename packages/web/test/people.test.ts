/** People and devices in a real browser: coming in with an account, own devices, and who is who. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { appInBrowser } from "./app-in-browser.ts";
import { asked } from "./asked.ts";
import { hasChromium } from "@multichat/testing/chromium";

describe.skipIf(!hasChromium)("people and devices", { timeout: 60_000 }, () => {
  const { open } = appInBrowser({ width: 1200, height: 900 });
  const heading = (page: Page, name: string) =>
    page.getByRole("heading", { name, exact: true }).waitFor();
  const press = (page: Page, name: string) =>
    page.getByRole("button", { name, exact: true }).click();

  test("a device is linked: a wrong code is named, the pictures are compared, and one arrives", async () => {
    const page = await open("first-run-name");
    await press(page, "I already have an account");
    await page.getByRole("button", { name: /^Link this device/u }).click();
    await page.getByLabel("Code from your other device").fill("multichat://join/#nonsense");
    await press(page, "Link this device");
    await page.getByRole("alert").getByText("This is not a whole device code").waitFor();
    await page.getByLabel("Code from your other device").fill(" multichat://link/#abc ");
    await page.getByLabel("Name of this device").fill("Kitchen");
    await press(page, "Link this device");
    await page.getByRole("status").getByText("Connecting to the other device.").waitFor();
    expect((await asked(page, "device.link-enter")).at(-1)).toEqual({
      code: "multichat://link/#abc",
      name: "Kitchen",
    });
    await page.evaluate(() =>
      window.harness.fake.push("linking", {
        ...window.harness.fake.world.linking!,
        step: "confirm",
        emoji: [{ symbol: "🐙", name: "octopus" }],
      }),
    );
    await page.getByRole("list", { name: "Pictures to compare" }).getByText("octopus").waitFor();
    await press(page, "They are the same");
    await page.getByText("Now confirm on your other device as well.").waitFor();
    await page.evaluate(() => {
      const { fake } = window.harness;
      fake.world.status = { ...fake.world.status, account: { id: "0".repeat(64), name: "Ana" } };
      fake.push("linking", { ...fake.world.linking!, step: "done", other: "Ana" });
      fake.push("status", fake.world.status);
    });
    await heading(page, "Welcome back, Ana");
    await press(page, "Open Multichat");
    await heading(page, "Where do you want to talk?");
  });

  test("saying that the pictures differ ends it, and says so", async () => {
    const page = await open("link-here-compare");
    await press(page, "They differ");
    await page.getByRole("alert").getByText("The pictures were not the same").waitFor();
    await page.getByLabel("Code from your other device").waitFor();
    expect(await asked(page, "device.link-confirm")).toEqual([{ same: false }]);
  });

  test("words that are wrong are named and put right by a click before anybody is asked; the account is shown before it is taken", async () => {
    const page = await open("recover");
    const field = page.getByLabel("Your 24 words");
    const right =
      "abandon ability able about above absent absorb abstract absurd abuse access accident account accuse achieve acid acoustic acquire across act action actor actress actual";
    await field.fill(right.replace("absurd ", "absurdd ").replace(/actual$/u, "act"));
    await page.getByText("Word 9, “absurdd”, is none of the words in the list.").waitFor();
    await press(page, "absurd");
    await page.getByText("Word 24, “act”, may be").waitFor();
    await press(page, "actual");
    await page.getByRole("alert").waitFor({ state: "detached" });
    await expect.poll(() => field.inputValue()).toBe(right);
    expect(await asked(page, "account.recover")).toEqual([]);
    await press(page, "Find my account");
    await heading(page, "Looking for your account");
    const account = { id: "ab".repeat(32), name: "Ana" };
    await page.evaluate((found) => {
      const { fake } = window.harness;
      fake.world.recovery = { ...fake.world.recovery!, step: "found", account: found, spaces: 2 };
      fake.push("recovery", fake.world.recovery);
    }, account);
    await heading(page, "Is this you?");
    await page.getByText(account.id).waitFor();
    await page.getByText("2 workspaces").waitFor();
    expect(await asked(page, "account.recover-confirm")).toEqual([]);
    await press(page, "Yes, make this a device of mine");
    await heading(page, "Welcome back, Ana");
  });

  test("restoring tells a wrong passphrase from a damaged file, and asks for the words when the old device was signed out", async () => {
    const page = await open("restore");
    await page
      .getByLabel("Backup file")
      .setInputFiles({ name: "ana.multichat-backup", mimeType: "", buffer: Buffer.from("sealed") });
    await page.getByLabel("Passphrase of the backup").fill("open sesame");
    await press(page, "Restore");
    await heading(page, "Restoring");
    expect(await asked(page, "backup.restore")).toEqual([
      { path: "/home/ines/incoming.multichat-backup", passphrase: "open sesame" },
    ]);
    const fail = (error: "wrong-passphrase" | "file-damaged" | "device-revoked", detail: string) =>
      page.evaluate(
        ([code, text]) =>
          window.harness.fake.push("transfer", {
            ...window.harness.fake.world.transfer!,
            step: "failed",
            error: code,
            detail: text,
          }),
        [error, detail] as const,
      );
    await fail("wrong-passphrase", "This is not the passphrase.");
    await page.getByText("ana.multichat-backup").waitFor();
    await page
      .getByLabel("Passphrase of the backup")
      .and(page.locator("[aria-invalid=true]"))
      .waitFor();
    await fail("file-damaged", "This file is damaged.");
    await page.getByRole("alert").getByText("This file is damaged.").waitFor();
    await page.locator("[aria-invalid=true]").waitFor({ state: "detached" });
    await fail("device-revoked", "The device of this backup was signed out since.");
    await page.getByLabel("Your 24 words").waitFor();
  });

  test("a locked Multichat shows nothing but the lock, says when the passphrase is wrong, and opens", async () => {
    const page = await open("unlock");
    expect(await page.getByText("Garden Club").count()).toBe(0);
    await page.getByLabel("Passphrase").fill("wrong");
    await press(page, "Unlock");
    await page.getByRole("alert").getByText("This is not the passphrase.").waitFor();
    await page.getByLabel("Passphrase").fill("right");
    await press(page, "Unlock");
    await page.getByRole("status").getByText("Unlocked.").waitFor();
    await page.evaluate(() => {
      const { fake } = window.harness;
      fake.world.status = { ...fake.world.status, locked: false };
      fake.setState("connecting");
      fake.setState("open");
    });
    await page.getByRole("link", { name: "general" }).waitFor();
  });

  test("a device that was signed out says so over everything, and lets one look at what is left", async () => {
    const page = await open("trust");
    await page.evaluate(() => {
      const { fake } = window.harness;
      fake.push("status", {
        ...fake.world.status,
        signedOut: "This device was signed out by Phone.",
      });
    });
    await heading(page, "This device was signed out");
    await page.getByText("3 workspaces").waitFor();
    expect(await page.getByRole("link", { name: "general" }).count()).toBe(0);
    await press(page, "Look at what is here");
    await page.getByRole("link", { name: "general" }).waitFor();
    await page.keyboard.press("Control+,");
    await page.getByRole("link", { name: "Delete account" }).click();
    await page.getByRole("button", { name: "Erase everything here" }).waitFor();
    expect(await page.getByText("Their members see it.").count(), "nobody hears from here").toBe(0);
  });

  test("a device is named, and another signed out only after saying why", async () => {
    const page = await open("revoke-device");
    const sheet = page.getByRole("dialog", { name: "Sign Phone out" });
    await sheet.getByText("Stolen").click();
    await sheet.getByRole("button", { name: "Sign Phone out" }).click();
    await sheet.waitFor({ state: "detached" });
    expect((await asked(page, "device.revoke"))[0]).toMatchObject({ reason: "stolen" });
    await page.getByRole("button", { name: "Rename Laptop in the study" }).click();
    await page.getByLabel("Name of this device").fill("Study");
    await press(page, "Save");
    await expect.poll(() => asked(page, "device.name")).toMatchObject([{ name: "Study" }]);
    expect(
      await page.getByRole("button", { name: "Sign Laptop in the study out" }).count(),
      "not itself",
    ).toBe(0);
  });

  test("closing the sheet of a code ends the code", async () => {
    const page = await open("link-device");
    const sheet = page.getByRole("dialog", { name: "Link a device" });
    await sheet.getByRole("img", { name: "The code for the new device as a QR code" }).waitFor();
    expect(await sheet.getByLabel("Code for the new device", { exact: true }).inputValue()).toMatch(
      /^multichat:\/\/link\/#/u,
    );
    await sheet.getByText(/^Works once, for \d+:\d\d more\.$/u).waitFor();
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
    await expect.poll(() => asked(page, "device.link-cancel")).toHaveLength(1);
  });

  test("a backup needs a passphrase typed twice, and can be downloaded when it is complete", async () => {
    const page = await open("settings-backup");
    await page.getByLabel("New passphrase").fill("copper lantern walks beside quiet water");
    await page.getByText("Very hard to guess").waitFor();
    const make = page.getByRole("button", { name: "Make a backup", exact: true });
    expect(await make.isDisabled()).toBe(true);
    await page.getByLabel("The same again").fill("copper lantern walks beside quiet waters");
    await page.getByText("This is not the same.").waitFor();
    await page.getByLabel("The same again").fill("copper lantern walks beside quiet water");
    await make.click();
    await page.getByRole("progressbar", { name: "Written so far" }).waitFor();
    await page.evaluate(() =>
      window.harness.fake.push("transfer", {
        ...window.harness.fake.world.transfer!,
        step: "done",
        bytes: 2_000_000,
      }),
    );
    await page.getByText("The backup is complete: 2 MB.").waitFor();
    expect(await page.getByRole("link", { name: "Download the backup" }).getAttribute("href")).toBe(
      "/api/v1/backup-file",
    );
  });

  test("the passphrase of this computer is set, and removed only with the right one", async () => {
    const page = await open("settings-passphrase");
    await page.getByLabel("New passphrase").fill("copper lantern");
    await page.getByLabel("The same again").fill("copper lantern");
    await press(page, "Set a passphrase");
    await page.getByText("A passphrase is asked for whenever Multichat starts.").waitFor();
    const remove = page
      .locator("form")
      .filter({ has: page.getByRole("button", { name: "Remove the passphrase" }) });
    await remove.getByLabel("Passphrase now").fill("wrong");
    await remove.getByRole("button").click();
    await remove.getByRole("alert").waitFor();
    await remove.getByLabel("Passphrase now").fill("right");
    await remove.getByRole("button").click();
    await page.getByText("There is no passphrase: Multichat starts by itself.").waitFor();
    expect(await asked(page, "keys.protect")).toEqual([
      { passphrase: "copper lantern" },
      { passphrase: null, current: "wrong" },
      { passphrase: null, current: "right" },
    ]);
  });

  test("a profile is changed; a picture is made small, and what is none is refused in words", async () => {
    const page = await open("settings-profile");
    await page.getByLabel("Your name").fill("Ines M.");
    await page.getByLabel("Pronouns (optional)").fill("she/her");
    await press(page, "Save profile");
    await page.getByText("Saved.").waitFor();
    expect((await asked(page, "account.set"))[0]).toEqual({
      name: "Ines M.",
      pronouns: "she/her",
      about: null,
    });
    const picture = page.getByLabel("Picture of you");
    await picture.setInputFiles({
      name: "me.svg",
      mimeType: "image/svg+xml",
      buffer: Buffer.from("<svg/>"),
    });
    await page
      .getByRole("alert")
      .getByText("This file is no picture that everybody can see.")
      .waitFor();
    await picture.setInputFiles({
      name: "me.png",
      mimeType: "image/png",
      buffer: Buffer.from("not really"),
    });
    await page.getByRole("alert").getByText("This picture is damaged").waitFor();
    const large = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(2_000, 1_500);
      const context = canvas.getContext("2d")!;
      for (let x = 0; x < 2_000; x += 5) {
        context.fillStyle = `hsl(${x} 70% 50%)`;
        context.fillRect(x, 0, 5, 1_500);
      }
      return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
    });
    await picture.setInputFiles({
      name: "me.png",
      mimeType: "image/png",
      buffer: Buffer.from(large),
    });
    await page.getByRole("button", { name: "Choose another picture" }).waitFor();
    const sent = (await asked(page, "account.set")).at(-1) as { avatar: string };
    expect(Buffer.from(sent.avatar, "base64").length).toBeLessThanOrEqual(32 * 1024);
    await press(page, "Remove picture");
    await page.getByRole("button", { name: "Choose a picture" }).waitFor();
  });

  test("a petname given on the card stands everywhere, and taken away shows the chosen name again", async () => {
    const page = await open("profile-vouched");
    const card = page.locator("[popover]:popover-open");
    await card
      .getByText("Vouched for by Bruno Castellanos and Dan O’Sullivan-Featherstonehaugh")
      .waitFor();
    await card.getByRole("button", { name: "Give your own name" }).click();
    await card.getByLabel("Your name for them").fill("Caro from work");
    await card.getByRole("button", { name: "Save" }).click();
    await card.getByText("Goes by the name Carol.").waitFor();
    expect(await card.getByText("Vouched for by").count(), "vouches are for the chosen name").toBe(
      0,
    );
    await page.keyboard.press("Escape");
    await page
      .locator("[data-row]", { hasText: "And I bring cake" })
      .getByRole("button", { name: "Caro from work" })
      .waitFor();
    await page.getByRole("button", { name: /^Members/u }).click();
    await page.getByRole("list", { name: "Members" }).getByText("Caro from work").waitFor();
  });

  test("a safety number is compared and marked; a code of somebody else verifies nothing", async () => {
    const page = await open("safety");
    const sheet = page.getByRole("dialog", { name: "Safety number with Carol" });
    await expect
      .poll(() => sheet.getByRole("list", { name: "Safety number" }).getByRole("listitem").count())
      .toBe(12);
    await sheet.getByLabel("Code of Carol as text").fill("multichat://verify/#somebody-else");
    await sheet.getByRole("button", { name: "Check" }).click();
    await sheet.getByRole("alert").getByText("This code belongs to somebody else").waitFor();
    await sheet.getByRole("button", { name: "It is the same: mark as verified" }).click();
    await sheet.getByText(/^You compared the number with Carol on /u).waitFor();
    await page.keyboard.press("Escape");
    await page
      .locator("[data-row]", { hasText: "And I bring cake" })
      .getByRole("img", { name: "Verified by you" })
      .waitFor();
  });

  test("one vouches by a name for a workspace, and finds and withdraws it in the settings", async () => {
    const page = await open("vouch");
    const sheet = page.getByRole("dialog", { name: "Vouch for Bruno Castellanos" });
    await sheet.getByLabel("You know them as").fill("Bruno C.");
    await sheet.getByRole("button", { name: "Vouch" }).click();
    await sheet.waitFor({ state: "detached" });
    expect((await asked(page, "contact.vouch"))[0]).toMatchObject({ claim: "Bruno C.", until: 0 });
    await page.keyboard.press("Control+,");
    await page.getByRole("link", { name: /^Privacy/u }).click();
    const row = page.getByRole("listitem").filter({ hasText: "As Bruno C., in Garden Club." });
    await row.getByRole("button", { name: "Withdraw" }).click();
    await row.waitFor({ state: "detached" });
  });

  test("two people are introduced, and an introduction that waits is counted and answered", async () => {
    const page = await open("introduce");
    const sheet = page.getByRole("dialog", { name: "Introduce Bruno Castellanos" });
    await sheet.getByLabel("Introduce to", { exact: true }).first().fill("nguyen");
    await sheet.getByRole("radio").check();
    await sheet.getByRole("button", { name: "Ask both" }).click();
    await sheet.getByText("Bruno Castellanos and Nguyễn Thị Minh Khai are being asked.").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Settings. 1 question waits for you" }).click();
    await page
      .getByText("Bruno Castellanos would like to introduce you to Zoë Ångström-Featherstonehaugh.")
      .waitFor();
    await press(page, "Accept");
    await page.getByRole("button", { name: "Accept" }).waitFor({ state: "detached" });
    expect(await asked(page, "introduction.answer")).toEqual([
      { introduction: "in-1", accept: true },
    ]);
    await page
      .getByRole("button", { name: "Settings. 1 question waits for you" })
      .waitFor({ state: "detached" });
  });

  test("a name that looks like another's stays marked beside what was written, when its author is gone", async () => {
    const page = await open("trust");
    const row = page.locator("[data-row]", { hasText: "My laptop thinks it is tomorrow." });
    const mark = row.getByRole("img", {
      name: "The name looks like that of somebody you know better",
    });
    await mark.waitFor();
    const gone = await page.evaluate(() => {
      const { fake } = window.harness;
      const [space, members] = Object.entries(fake.world.members).find(([, list]) =>
        list.some(({ looksLike }) => looksLike),
      )!;
      fake.push("members", { space, members: members.filter(({ looksLike }) => !looksLike) });
      return members.find(({ looksLike }) => looksLike)!.id;
    });
    await expect.poll(() => asked(page, "person.get")).toContainEqual({ account: gone });
    await mark.waitFor();
  });

  test("what somebody blocked has written is one line until one asks for it", async () => {
    const page = await open("block");
    const messages = page.locator("[data-row]", { hasText: "Shall we say Saturday at ten?" });
    await messages.waitFor();
    await press(page, "Block Bruno Castellanos");
    await expect.poll(() => asked(page, "contact.block")).toHaveLength(1);
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await messages.waitFor({ state: "detached" });
    const folded = page
      .locator("[data-row]", { hasText: "of Bruno Castellanos, whom you blocked" })
      .last();
    await folded.getByRole("button", { name: "Show" }).click();
    await messages.waitFor();
  });

  test("an account is deleted only by its name, and what remains elsewhere is said", async () => {
    const page = await open("settings-account");
    const confirm = page.getByRole("button", { name: "Delete my account" });
    await page.getByLabel("Type Ines Marquez to confirm").fill("Ines");
    expect(await confirm.isDisabled()).toBe(true);
    await page.getByLabel("Type Ines Marquez to confirm").fill("Ines Marquez");
    await page.evaluate(() => {
      const { fake } = window.harness;
      fake.world.status = { ...fake.world.status, account: null };
    });
    await confirm.click();
    await heading(page, "Your account is gone from this computer");
    await page.evaluate(() => window.harness.fake.push("status", window.harness.fake.world.status));
    await page.getByText("What you wrote stays with the members who have it.").waitFor();
    await press(page, "Done");
    await heading(page, "What should people call you?");
  });

  test("a name of which nothing can be seen is said to be none", async () => {
    const said = "Nothing of this name can be seen. Write one that people can read.";
    const page = await open("first-run-name");
    const go = page.getByRole("button", { name: "Continue" });
    await page.getByLabel("Your name").fill("\u200b\u202e\u2060");
    await page.getByRole("alert").getByText(said).waitFor();
    expect(await go.isDisabled()).toBe(true);
    await page.getByLabel("Your name").fill("A\u200d");
    expect(await go.isDisabled()).toBe(false);
    await open("settings-profile");
    await page.getByLabel("Your name").fill("\u2066\u2069");
    await page.getByRole("alert").getByText(said).waitFor();
    expect(await page.getByRole("button", { name: "Save" }).isDisabled()).toBe(true);
  });

  test("an invite link pasted as the name of a workspace is one to join with", async () => {
    const page = await open("start");
    const name = page.getByLabel("Name of a new workspace");
    const link = "multichat://join/#abc";
    await name.evaluate((field, pasted) => {
      const data = new DataTransfer();
      data.setData("text/plain", pasted);
      field.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, `Come in: ${link}`);
    await page.getByRole("button", { name: "Join Chess Club Lisbon" }).waitFor();
    expect(await asked(page, "invite.preview")).toEqual([{ link }]);
    expect(await name.inputValue()).toBe("");
    const invite = page.getByLabel("Invite link");
    expect(await invite.evaluate((field) => field === document.activeElement)).toBe(true);
    await name.fill(link);
    await page.getByText("This is an invite link. Paste it under “Invite link” to join.").waitFor();
    await name.press("Enter");
    expect(await page.getByRole("button", { name: "Create workspace" }).isDisabled()).toBe(true);
    expect(await asked(page, "space.create")).toEqual([]);
  });

  test("an import is begun with a path, shows how far it is, and says what came", async () => {
    const page = await open("settings-import");
    await page.getByLabel("Where they are from").selectOption("irc");
    await page.getByLabel("Folder or file").fill(" /home/ana/garden.log ");
    await press(page, "Import");
    await page.getByText("Nothing is written yet").waitFor();
    const [begun] = await asked(page, "import.start");
    expect(begun).toMatchObject({ format: "irc", path: "/home/ana/garden.log" });
    const push = (change: object) =>
      page.evaluate(
        ([space, changed]) => {
          const summary = {
            channels: [],
            messages: 2,
            already: 1,
            authors: 1,
            replies: 0,
            orphans: 0,
            unlinked: 0,
            reactions: 0,
            files: 0,
            edited: 0,
            split: 0,
            skipped: [{ what: "joins and leaves", count: 3 }],
          };
          window.harness.fake.push("import", {
            format: "irc",
            path: "/home/ana/garden.log",
            space,
            channel: null,
            step: "running",
            messages: 1,
            of: 2,
            summary,
            problems: [],
            detail: "",
            error: null,
            ...changed,
          });
        },
        [(begun as { space: string }).space, change] as const,
      );
    await push({});
    await page.getByText("1 of 2 messages").waitFor();
    await push({
      step: "failed",
      error: "file-damaged",
      detail: "Nothing was imported.",
      problems: [{ file: "garden.log", line: 7, reason: "there is no such time" }],
    });
    await page.getByRole("alert").getByText("Nothing was imported.").waitFor();
    await page.getByText("garden.log, line 7: there is no such time").waitFor();
    // What was chosen stands there, to be begun anew.
    expect(await page.getByLabel("Where they are from").inputValue()).toBe("irc");
    expect(await page.getByLabel("Folder or file").inputValue()).toBe("/home/ana/garden.log");
    await push({ step: "done" });
    await page.getByRole("status").getByText("2 new messages").waitFor();
    await page.getByText("3 things were left out").waitFor();
  });
});
