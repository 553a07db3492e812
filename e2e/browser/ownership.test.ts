/** Handing a workspace over, and recovering one, in two people's browsers with real nodes. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, launchChromium } from "@multichat/testing/chromium";
import { type Profile, openProfile } from "../support/profile.ts";
import { createVillage } from "../support/village.ts";

let browser: Browser;

const openOwnership = async (profile: Profile): Promise<void> => {
  await profile.openSpaceMenu("Workspace settings");
  await profile.page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Ownership" }).click();
};

describe.skipIf(!hasChromium)("ownership in the browser", () => {
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  test("an owner hands the workspace over, and the root key too, by letting the new one take it", async () => {
    await using village = await createVillage();
    const [alice, bob] = [await village.node("Alice"), await village.node("Bob")];
    const space = await village.workspace("Team", alice, bob);
    const [hers, his] = [await openProfile(browser, alice), await openProfile(browser, bob)];
    const dialog = (profile: Profile) => profile.page.getByRole("dialog").last();

    await openOwnership(hers);
    await hers.sees("Owned by Alice.");
    await hers.sees("It is in your recovery phrase.");
    await dialog(hers).getByRole("button", { name: "Hand over…" }).click();
    await dialog(hers).getByLabel("To", { exact: true }).selectOption({ label: "Bob" });
    await dialog(hers).getByRole("button", { name: "Hand over to Bob" }).click();
    await hers.sees("Owned by Bob.");
    await openOwnership(his);
    await his.sees("Owned by Bob.");
    await his.sees("It is in the recovery phrase of Alice.");

    await dialog(hers).getByRole("button", { name: "Choose who can recover it…" }).click();
    await dialog(hers).getByRole("checkbox", { name: "Bob" }).check();
    await dialog(hers).getByRole("button", { name: "Set up, and show the new phrase" }).click();
    await hers.page.getByRole("dialog", { name: "Your recovery phrase" }).waitFor();
    await his.sees("One of these is enough to take the root key over: Bob.");

    await dialog(his).getByRole("button", { name: "Ask for the root key…" }).click();
    await dialog(his).getByRole("button", { name: "Ask", exact: true }).click();
    await dialog(his).getByRole("button", { name: "Agree that Bob gets it…" }).click();
    await dialog(his).getByRole("button", { name: "Agree that Bob gets it", exact: true }).click();
    await dialog(his).getByRole("button", { name: "Take it over…" }).click();
    await dialog(his).getByRole("button", { name: "Become the owner" }).click();
    await his.sees("It is in your recovery phrase.");
    const { ownership } = await alice.until("Alice knows", async () => {
      const found = await alice.call("ownership.get", { space: space.id });
      return found.ownership.holders[0]?.person?.name === "Bob" && found;
    });
    expect(ownership.owners.map(({ name }) => name)).toEqual(["Bob"]);
    expect([...hers.complaints, ...his.complaints]).toEqual([]);
  });
});
