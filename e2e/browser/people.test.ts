/** Two people make sure of each other in two browsers; one replaces their phrase, comes back by it, and the other goes for good. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, launchChromium } from "@multichat/testing/chromium";
import { type Profile, openProfile } from "../support/profile.ts";
import type { TestNode } from "../support/test-node.ts";
import { type Village, createVillage } from "../support/village.ts";

let browser: Browser;
let village: Village;
let nodes: { alice: TestNode; bob: TestNode };
let alice: Profile;
let bob: Profile;
/** Of the workspace; whoever recovers asks where it leads. */
let invite: string;

async function openCard({ page, row }: Profile, name: string, text: string): Promise<void> {
  await row(text).getByRole("button", { name, exact: true }).click();
  await page.getByRole("dialog", { name }).getByText("Member since").waitFor();
}

const words = async (page: Page): Promise<string> => {
  await page
    .getByRole("button", { name: "I have written it down" })
    .and(page.locator(":enabled"))
    .waitFor();
  const items = page.getByRole("list", { name: "Recovery phrase" }).getByRole("listitem");
  return (await items.allTextContents()).map((text) => text.replace(/^\d+/, "")).join(" ");
};

describe.skipIf(!hasChromium)("people, in two browsers", () => {
  beforeAll(async () => {
    [browser, village] = await Promise.all([launchChromium(), createVillage()]);
    const [one, two] = await Promise.all([village.node("Alice"), village.node("Bob")]);
    nodes = { alice: one, bob: two };
    const space = await village.workspace("Team", one, two);
    invite = await one.invite(space.id);
    const general = await one.channel(space.id);
    await one.say(general, "Alice was here");
    await two.say(general, "Bob was here");
    [alice, bob] = await Promise.all([openProfile(browser, one), openProfile(browser, two)]);
    await alice.row("Bob was here").waitFor();
    await bob.row("Alice was here").waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await village?.[Symbol.asyncDispose]();
  });

  test("both see the same 60 digits, and whoever compared them sees it beside the name", async () => {
    const shown: string[][] = [];
    for (const [profile, name] of [
      [alice, "Bob"],
      [bob, "Alice"],
    ] as const) {
      await openCard(profile, name, `${name} was here`);
      await profile.page.getByRole("button", { name: "Compare safety numbers" }).click();
      const sheet = profile.page.getByRole("dialog", { name: `Safety number with ${name}` });
      const groups = sheet.getByRole("list", { name: "Safety number" }).getByRole("listitem");
      await expect.poll(() => groups.count()).toBe(12);
      shown.push(await groups.allTextContents());
    }
    expect(shown[1]).toEqual(shown[0]);
    await alice.page.getByRole("button", { name: "It is the same: mark as verified" }).click();
    await alice.page.keyboard.press("Escape");
    await alice.row("Bob was here").getByRole("img", { name: "Verified by you" }).waitFor();
    await bob.page.keyboard.press("Escape");
  });

  test("a picture and a name that one chooses are seen by the other", async () => {
    const { page } = bob;
    await page.keyboard.press("Control+,");
    const png = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(300, 200);
      canvas.getContext("2d")!.fillRect(0, 0, 300, 200);
      return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
    });
    await page
      .getByLabel("Picture of you")
      .setInputFiles({ name: "bob.png", mimeType: "image/png", buffer: Buffer.from(png) });
    await page.getByRole("button", { name: "Choose another picture" }).waitFor();
    await page.keyboard.press("Escape");
    await alice.row("Bob was here").locator("img[src^='data:image/']").waitFor();
    expect([...alice.complaints, ...bob.complaints]).toEqual([]);
  });

  test("what Bob writes is folded away once Alice blocked him, and unfolded when she unblocks him", async () => {
    const { page } = alice;
    await openCard(alice, "Bob", "Bob was here");
    await page.getByRole("button", { name: "Block", exact: true }).click();
    await page.getByRole("button", { name: "Block Bob" }).click();
    await alice.row("Bob was here").waitFor({ state: "detached" });
    await bob.write("Can you hear me");
    await page.getByRole("article", { name: "2 messages of Bob, whom you blocked" }).waitFor();
    await page.keyboard.press("Control+,");
    await page.getByRole("link", { name: "Privacy" }).click();
    await page
      .getByRole("listitem")
      .filter({ hasText: "Bob" })
      .getByRole("button", { name: "Unblock" })
      .click();
    await page.getByText("You have blocked nobody.").waitFor();
    await page.keyboard.press("Escape");
    await alice.row("Can you hear me").waitFor();
    await expect.poll(() => page.getByText("whom you blocked").count()).toBe(0);
  });

  test("Alice replaces her phrase, and comes back on a new computer with the new words", async () => {
    const { page } = alice;
    const before = (await nodes.alice.call("account.phrase", {})).words.join(" ");
    await page.keyboard.press("Control+,");
    await page.getByRole("link", { name: "Recovery phrase" }).click();
    await page.getByRole("button", { name: "Replace the phrase" }).click();
    await page.getByRole("button", { name: "Replace", exact: true }).click();
    const phrase = await words(page);
    expect(phrase.split(" ")).toHaveLength(24);
    expect(phrase).not.toBe(before);

    const again = await openProfile(browser, await village.stranger());
    await again.page.getByRole("button", { name: "I already have an account" }).click();
    await again.page.getByRole("button", { name: /^Use the recovery phrase/ }).click();
    await again.page.getByLabel("Your 24 words").fill(phrase);
    await again.page.getByLabel("Invite link or address (optional)").fill(invite);
    await again.page.getByRole("button", { name: "Find my account" }).click();
    await again.page.getByRole("heading", { name: "Is this you?" }).waitFor();
    await again.page.getByText(nodes.alice.ready.account!.id).waitFor();
    await again.page.getByRole("button", { name: "Yes, make this a device of mine" }).click();
    await again.page.getByRole("heading", { name: "Welcome back, Alice" }).waitFor();
    await again.page.getByRole("button", { name: "Open Multichat" }).click();
    await again.row("Bob was here").waitFor();
    expect(again.complaints).toEqual([]);
    await again.close();
  });

  test("Bob deletes his account: he is told what remains, and can begin anew", async () => {
    const { page } = bob;
    await bob.composer().fill("never sent");
    const kept = () => page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
    expect(await kept()).toContain("never sent");
    await page.keyboard.press("Control+,");
    await page.getByRole("link", { name: "Delete account" }).click();
    await page.getByLabel("Type Bob to confirm").fill("Bob");
    await page.getByRole("button", { name: "Delete my account" }).click();
    await page.getByRole("heading", { name: "Your account is gone from this computer" }).waitFor();
    await page.getByRole("listitem").first().waitFor();
    await page.getByRole("button", { name: "Done" }).click();
    expect(await kept()).not.toContain("never sent");
    // Nothing of what is being erased is shown in between.
    expect(await page.getByRole("heading", { level: 1 }).first().textContent()).toBe(
      "What should people call you?",
    );
    await alice.row("Bob was here").waitFor();
    expect(bob.complaints).toEqual([]);
  });
});
