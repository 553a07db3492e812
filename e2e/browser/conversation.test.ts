/** Alice and Bob talk in two browsers on two nodes, one of them goes and comes back, and Carol joins late. */
import type { Browser } from "playwright-core";
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

/** Paste the invite that is on the clipboard, look at it, and join. */
async function joinByPasting({ page }: Profile, inviter: string): Promise<void> {
  await page.getByLabel("Invite link").focus();
  await page.keyboard.press("ControlOrMeta+V");
  await page.getByText(`${inviter} invites you`).waitFor();
  await page.getByRole("button", { name: "Join Team" }).click();
  await page.getByRole("heading", { level: 1, name: "general" }).waitFor();
}

async function copyInvite(profile: Profile): Promise<void> {
  const { page } = profile;
  await profile.openSpaceMenu("Invite people");
  await page.getByRole("button", { name: "Make an invite link" }).click();
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  await page.keyboard.press("Escape");
}

describe.skipIf(!hasChromium)("a conversation, in two browsers", () => {
  beforeAll(async () => {
    [browser, village] = await Promise.all([launchChromium(), createVillage()]);
    const [one, two] = await Promise.all([village.node("Alice"), village.node("Bob")]);
    nodes = { alice: one, bob: two };
    [alice, bob] = await Promise.all([openProfile(browser, one), openProfile(browser, two)]);
  });
  afterAll(async () => {
    await browser?.close();
    await village?.[Symbol.asyncDispose]();
  });

  test("Alice makes a workspace and a channel with a topic", async () => {
    const { page } = alice;
    await page.getByLabel("Name of a new workspace").fill("Team");
    await page.getByRole("button", { name: "Create workspace" }).click();
    await page.getByRole("heading", { level: 1, name: "general" }).waitFor();
    await alice.sees("You are the only member so far.");

    await alice.openSpaceMenu("Create a channel");
    await page.getByLabel("Name", { exact: true }).fill("Garden Plans");
    await alice.sees("It will be called #garden-plans.");
    await page.getByLabel("Topic (optional)").fill("What grows where");
    await page.getByRole("button", { name: "Create channel" }).click();
    await page.getByRole("heading", { level: 1, name: "garden-plans" }).waitFor();
    await page
      .getByRole("banner")
      .getByText("What grows where")
      .or(page.getByRole("button", { name: "What grows where" }))
      .first()
      .waitFor();
    await alice.channelLink("general").click();
    await page.getByRole("heading", { level: 1, name: "general" }).waitFor();
    const [space] = (await nodes.alice.call("space.list", {})).spaces;
    const { channels } = await nodes.alice.call("channel.list", { space: space!.id });
    expect(channels.map(({ name, topic }) => [name, topic])).toEqual([
      ["general", ""],
      ["garden-plans", "What grows where"],
    ]);
  });

  test("Bob joins with the link that Alice copied", async () => {
    await copyInvite(alice);
    await joinByPasting(bob, "Alice");
    await alice.sees("Connected to 1 of 1 member.");
    await bob.sees("Connected to 1 of 1 member.");
    expect((await nodes.bob.call("space.list", {})).spaces).toMatchObject([
      { name: "Team", members: 2 },
    ]);
  });

  test("what one writes the other reads at once, formatted; the mark says who has it", async () => {
    await alice.write("Hello **Bob**, `code` and <b>no tags</b>");
    await bob.row("Hello Bob").waitFor();
    await expect.poll(() => bob.row("Hello Bob").locator("strong").textContent()).toBe("Bob");
    await expect.poll(() => bob.row("Hello Bob").locator("code").textContent()).toBe("code");
    await bob.row("<b>no tags</b>").waitFor();
    await bob.write("Hello Alice");
    await bob.write("Second line of mine");
    await alice.row("Second line of mine").waitFor();
    await alice.row("Hello Alice").getByText("Bob", { exact: true }).waitFor();
    // It is grouped with the one before.
    await alice
      .row("Second line of mine")
      .getByText("Bob", { exact: true })
      .waitFor({ state: "detached" });

    await alice.untilDelivered("Hello Bob", "all");
    await alice.row("Hello Bob").hover();
    await alice.row("Hello Bob").locator("[data-delivery]").hover();
    await alice.page
      .locator("[popover]:popover-open")
      .getByText(/^On 1 .*device: Bob\.$/)
      .waitFor();
    await alice.page.mouse.move(0, 0);
  });

  test("what is written in another channel is counted there until it is read", async () => {
    await alice.channelLink("garden-plans").click();
    await alice.write("Beans to the south");
    await alice.write("Peas to the north");
    await bob
      .channelLink("garden-plans")
      .getByText("2 unread messages")
      .waitFor({ state: "attached" });
    await expect.poll(() => bob.page.title()).toMatch(/^\(2\)/);
    await bob.channelLink("garden-plans").click();
    await bob.row("Peas to the north").waitFor();
    await bob.channelLink("general").click();
    await bob.page.getByRole("heading", { level: 1, name: "general" }).waitFor();
    await bob.channelLink("garden-plans").getByText("unread").waitFor({ state: "detached" });
    await alice.channelLink("general").click();
  });

  test("days are told apart, and a reload keeps place and messages", async () => {
    const { page } = bob;
    const [space] = (await nodes.bob.call("space.list", {})).spaces;
    const written = (await nodes.bob.messages(await nodes.bob.channel(space!.id)))[0]!.time;
    // Midnight may have passed since.
    for (const [days, name] of [
      [0, "Today"],
      [1, "Yesterday"],
    ] as const) {
      await page.clock.setSystemTime(written + days * 24 * 60 * 60 * 1_000);
      await page.reload();
      await page.locator("time", { hasText: name }).waitFor();
    }
    await bob.row("Hello Bob").waitFor();
    await bob.row("Hello Alice").waitFor();
    await page.getByRole("heading", { level: 1, name: "general" }).waitFor();
    for (const text of ["Hello Bob", "Hello Alice", "Second line of mine"])
      expect(await bob.row(text).count()).toBe(1);
    await page.clock.setSystemTime(Date.now());
  });

  test("one node is killed: the other says so, writing goes on; it comes back and all is delivered", async () => {
    await nodes.bob.kill();
    await alice.sees("The other member is not in reach.");
    await alice.sees("You can keep writing; it goes out when a member is in reach.");
    await alice.write("Bob is away");
    await alice.write("still writing");
    await alice.untilDelivered("still writing", "stored");
    await alice.row("still writing").locator("[data-delivery]").hover();
    await alice.page.getByText("Stored on this computer.").first().waitFor();

    await bob.sees("Multichat is not running on this computer.");
    await bob.write("written while my node was off");
    await bob.sees("Goes out when Multichat is running again.");

    await nodes.bob.start();
    await bob.row("still writing").waitFor();
    await alice.row("written while my node was off").waitFor();
    await alice.untilDelivered("Bob is away", "all");
    await alice.untilDelivered("still writing", "all");
    await bob.untilDelivered("written while my node was off", "all");
    await alice.sees("Connected to 1 of 1 member.");
    expect(await bob.row("still writing").count()).toBe(1);
  });

  test("Carol joins through Bob while Alice is off, and has everything; so has Alice when she is back", async () => {
    await nodes.alice.kill();
    await bob.sees("The other member is not in reach.");
    const carolNode = await village.node("Carol");
    const carol = await openProfile(browser, carolNode);
    await copyInvite(bob);
    await joinByPasting(carol, "Bob");
    for (const text of ["Hello Bob", "Hello Alice", "still writing"])
      await carol.row(text).waitFor();
    await carol.write("Carol here");
    await bob.row("Carol here").waitFor();
    await carol.untilDelivered("Carol here", "some");
    await carol.row("Hello Bob").getByText("Alice", { exact: true }).waitFor();

    await nodes.alice.start();
    await alice.row("Carol here").waitFor();
    await alice.row("Carol here").getByText("Carol", { exact: true }).waitFor();
    await carol.untilDelivered("Carol here", "all");
    await alice.sees("Connected to 2 of 2 members.");
    await alice.page.getByRole("button", { name: "Members: 3" }).click();
    for (const name of ["Alice", "Bob", "Carol"])
      await alice.page.getByRole("complementary").getByText(name, { exact: true }).waitFor();
    expect(carol.complaints).toEqual([]);
  });

  test("no page complained about anything", () => {
    expect(alice.complaints).toEqual([]);
    expect(bob.complaints).toEqual([]);
  });
});
