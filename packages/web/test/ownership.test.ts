/** Whose a workspace is, and recovering that, in a real browser on the in-memory Multichat. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { appInBrowser } from "./app-in-browser.ts";
import { asked } from "./asked.ts";
import { hasChromium } from "@multichat/testing/chromium";
import { idOf } from "./fake/world.ts";

describe.skipIf(!hasChromium)("ownership", { timeout: 60_000 }, () => {
  const { open } = appInBrowser({ width: 1200, height: 820 });
  const press = (page: Page, name: string | RegExp) =>
    page
      .getByRole("dialog")
      .last()
      .getByRole("button", { name, exact: typeof name === "string" })
      .click();
  const words =
    "abandon ability able about above absent absorb abstract absurd abuse access accident account accuse achieve acid acoustic acquire across act action actor actress actual";
  const stale = (page: Page, text: string | null) =>
    page.evaluate((said) => void (window.harness.fake.world.governed.stale = said), text);

  test("two of three are chosen, the phrase in force is asked for, and the new one is shown to be written down", async () => {
    const page = await open("settings-recovery");
    await page.getByText("Any 2 of them together can take over the root key").waitFor();
    await page.getByLabel("How many of them must agree").selectOption("3");
    await page.getByText("Any 3 of them together can take over the root key").waitFor();
    await page.getByLabel("How many of them must agree").selectOption("2");
    expect(
      await page.getByRole("button", { name: "Set up, and show the new phrase" }).isDisabled(),
    ).toBe(true);
    await page.getByLabel("Your 24 words").fill(words);
    await press(page, "Set up, and show the new phrase");
    await page.getByRole("dialog", { name: "Your recovery phrase" }).waitFor();
    const [sent] = (await asked(page, "ownership.set-recovery")) as {
      accounts: string[];
      needed: number;
      words: string[];
    }[];
    expect(sent).toMatchObject({ needed: 2, words: words.split(" ") });
    expect(sent!.accounts.toSorted()).toEqual(
      ["Carol", "Eve", "Bruno Castellanos"].map(idOf).toSorted(),
    );
  });

  test("whoever was chosen agrees with their own phrase, once, and sees by whom else it was agreed", async () => {
    const page = await open("settings-ownership-asked");
    await page.getByText("1 of 2 have agreed.").waitFor();
    await page.getByText("Carol has replaced their recovery phrase since").waitFor();
    await press(page, "Agree that Nguyễn Thị Minh Khai gets it…");
    await page.getByText(/Make sure that it is really Nguyễn Thị Minh Khai/u).waitFor();
    await page.getByLabel("Your 24 words").fill(words);
    await press(page, "Agree that Nguyễn Thị Minh Khai gets it");
    await page.getByText("2 of 2 have agreed.").waitFor();
    expect(await asked(page, "ownership.approve")).toMatchObject([
      { request: idOf("asks"), words: words.split(" ") },
    ]);
    await page.getByRole("button", { name: /^Agree/u }).waitFor({ state: "detached" });
  });

  test("one asks for the key, may take that back, and takes it over once enough have agreed", async () => {
    const page = await open("settings-ownership-asked");
    await press(page, "Ask for the root key…");
    await page.getByText("They cannot see who is behind an account.").waitFor();
    await press(page, "Ask");
    await page.getByText("You ask for the root key of this workspace.").waitFor();
    await press(page, "Ask no more");
    await page
      .getByText("You ask for the root key of this workspace.")
      .waitFor({ state: "detached" });
    await press(page, "Ask for the root key…");
    await press(page, "Ask");
    expect(await page.getByRole("button", { name: "Take it over…" }).count()).toBe(0);
    await page.evaluate(() => {
      const { fake, app: shown } = window.harness;
      const request = fake.world.governed.ownership.requests.find(({ own }) => own)!;
      request.approvedBy = fake.world.governed.ownership
        .recovery!.holders.slice(1)
        .map(({ person }) => person!);
      const { route } = shown.store.getState();
      fake.push("ownership", { space: route.at === "space" ? route.space : "", requests: 2 });
    });
    await press(page, "Take it over…");
    await page.getByLabel("Your 24 words").fill(words);
    await stale(page, "You have not heard from other members yet.");
    await press(page, "Become the owner");
    await page.getByRole("alert").getByText("You have not heard from other members yet.").waitFor();
    await press(page, "Do it all the same");
    await page.getByText("Owned by Ines Marquez.").waitFor();
    expect(await asked(page, "ownership.take")).toMatchObject([
      { keep: false, anew: false },
      { override: true },
    ]);
  });

  test("taking roles away and denying somebody unawares says what becomes void, and is done when one insists", async () => {
    const page = await open("member-roles");
    await stale(page, "You have not heard from other members since yesterday.");
    await page.getByLabel("Moderator").check();
    await page.getByLabel("Member", { exact: true }).uncheck();
    await press(page, "Save roles");
    await page.getByRole("alert").getByText("since yesterday").waitFor();
    await press(page, "Do it all the same");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect((await asked(page, "member.role")).at(-1)).toMatchObject({
      role: idOf("role Member"),
      on: false,
      override: true,
    });

    const requests = await open("settings-requests");
    await stale(requests, "You have not heard from other members since yesterday.");
    const first = requests.getByRole("button", { name: /^Deny/u }).first();
    await first.click();
    await requests.getByRole("alert").getByText("since yesterday").waitFor();
    await requests.getByText("Deny all the same").click();
    await requests.getByRole("alert").waitFor({ state: "detached" });
    expect(
      (await asked(requests, "join.deny")).map(
        (params) => (params as { override?: boolean }).override ?? false,
      ),
    ).toEqual([false, true]);
    await requests.close();
  });
});
