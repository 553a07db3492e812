/** Alice's workspace has a door, a moderator and a raider: all that governs it, clicked by one and felt by the others. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, launchChromium } from "@multichat/testing/chromium";
import { type Profile, openProfile } from "../support/profile.ts";
import type { TestNode } from "../support/test-node.ts";
import { type Village, createVillage } from "../support/village.ts";

let browser: Browser;
let village: Village;
let nodes: { alice: TestNode; carol: TestNode; dave: TestNode };
let alice: Profile;
let carol: Profile;
let dave: Profile;
let space: string;
let general: string;

const tryInvite = async ({ page }: Profile, link: string): Promise<void> => {
  await page.getByLabel("Invite link").fill(link);
  await page.getByRole("button", { name: "Join Team" }).click();
};
const idOf = (node: TestNode): string => node.ready.account!.id;

describe.skipIf(!hasChromium)("governing a workspace, in three browsers", () => {
  beforeAll(async () => {
    [browser, village] = await Promise.all([launchChromium(), createVillage()]);
    const [one, two, three] = await Promise.all([
      village.node("Alice"),
      village.node("Carol"),
      village.node("Dave"),
    ]);
    nodes = { alice: one, carol: two, dave: three };
    space = (await one.createSpace("Team")).id;
    general = await one.channel(space);
    await one.call("space.admission", { space, approve: true });
    [alice, carol, dave] = await Promise.all([
      openProfile(browser, one),
      openProfile(browser, two),
      openProfile(browser, three),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await village?.[Symbol.asyncDispose]();
  });

  test("who has an invite knocks, is known by name, and comes in as what the invite says or not at all", async () => {
    const { page } = alice;
    await alice.openSpaceSettings("Invites");
    await page.getByLabel("They join as").selectOption({ label: "Moderator" });
    await page.getByRole("button", { name: "Make an invite link" }).click();
    const link = await page.getByLabel("Invite link").inputValue();
    for (const asking of [carol, dave]) {
      await tryInvite(asking, link);
      await asking.sees("You have asked to join.");
    }
    await page.keyboard.press("Escape");
    await page.getByText("2 people ask to join").click();
    await page.getByRole("button", { name: "Approve Carol" }).click();
    await carol.write("Thank you for letting me in");
    await page.getByRole("button", { name: "Deny Dave" }).click();
    await dave.sees("You were not let in");
    await page.getByText("Nobody is waiting.").waitFor();

    await alice.goToSection("Invites");
    const made = page.getByRole("listitem").filter({ hasText: "Moderator · Open" });
    await made.getByRole("button", { name: "Revoke" }).click();
    await page.getByText("Moderator · Revoked").waitFor();
    await alice.closeSheets();
    await alice.row("Thank you for letting me in").waitFor();
    await dave.page.getByRole("button", { name: "Close" }).click();
    await tryInvite(dave, link);
    await dave.sees("The invite was taken back");
    expect(await dave.page.getByRole("alert").innerText(), "said once").toMatch(/^The invite was taken back\s+Ask \w+ for a new invite\.$/);
    expect(
      (await nodes.carol.json<{ members: unknown }>(["member", "list", "Team"])).members,
    ).toMatchObject([
      { name: "Alice", roles: ["Owner"] },
      { name: "Carol", roles: ["Moderator"] },
    ]);
    await dave.page.getByRole("button", { name: "Close" }).click();
  });

  test("slow mode and a lock stop Dave and say so; what he reports reaches Alice, who deletes it", async () => {
    await nodes.alice.call("space.admission", { space, approve: false });
    await nodes.alice.call("channel.slow", { channel: general, seconds: 3_600 });
    await nodes.dave.join(await nodes.alice.invite(space));
    await dave.write("Buy cheap pills");
    await dave.sees(/You can send again in (60 minutes|1 hour)/);
    await dave.write("Even cheaper");
    await expect.poll(() => dave.composer().inputValue()).toBe("Even cheaper");
    await nodes.alice.call("channel.slow", { channel: general, seconds: 0 });
    await dave.page.getByText("You can send again").waitFor({ state: "detached" });
    await nodes.alice.call("channel.lock", { channel: general, on: true });
    await dave.sees("This channel is locked");
    await nodes.alice.call("channel.lock", { channel: general, on: false });
    await expect.poll(() => dave.composer().inputValue()).toBe("Even cheaper");

    await dave.row("Thank you").hover();
    await dave.row("Thank you").getByRole("button", { name: "More" }).click();
    await dave.page
      .getByRole("menuitem", { name: /^Delete…/ })
      .getByText("does not include this")
      .waitFor();
    await dave.page.getByRole("menuitem", { name: "Report…" }).click();
    await dave.page.getByLabel("What is wrong with it?").fill("Not to me");
    await dave.page.getByRole("button", { name: "Send report" }).click();
    await dave.page
      .getByRole("dialog", { name: "Reported" })
      .getByText("Close", { exact: true })
      .click();

    const { page } = alice;
    await page.getByText("1 open report").click();
    const report = page.getByRole("listitem").filter({ hasText: "Not to me" });
    await report.getByText("Thank you for letting me in").waitFor();
    await report.getByRole("button", { name: "Delete…" }).click();
    await page.getByRole("button", { name: "Delete message" }).click();
    await report.getByRole("button", { name: "Mark as settled" }).click();
    await report.waitFor({ state: "detached" });
    await alice.closeSheets();
    await carol.sees("Deleted by Alice.");
  });

  test("a role with a colour is given, denied in a channel, and seen as its bearer sees it", async () => {
    const { page } = alice;
    await alice.openSpaceSettings("Roles");
    await page.getByRole("button", { name: "New role" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Gardeners");
    await page.getByLabel("Colour").fill("#2e8b57");
    await page.getByRole("button", { name: "Create role" }).click();
    await page.getByRole("button", { name: "Move Gardeners up" }).click();
    await alice.goToSection("Members");
    await page.getByRole("list", { name: "Members" }).getByRole("button", { name: /Dave/ }).click();
    await page.getByRole("button", { name: /^Change roles/ }).click();
    await page.getByRole("checkbox", { name: "Gardeners" }).check();
    await page.getByRole("button", { name: "Save roles" }).click();
    await page.getByRole("list", { name: "Members" }).getByText("Member, Gardeners").waitFor();

    await alice.goToSection("Channel permissions");
    await page.getByLabel("For", { exact: true }).selectOption({ label: "Gardeners" });
    await page.getByRole("group", { name: "Send messages" }).getByTitle("Denied").click();
    await dave.sees("You cannot write here. This channel does not allow it to you.");
    await page.getByLabel("Role or member").selectOption({ label: "Dave" });
    await page
      .getByRole("list", { name: "Permissions" })
      .getByText("This channel does not allow it to Dave.")
      .waitFor();
    await page.getByRole("group", { name: "Send messages" }).getByTitle("As the roles say").click();
    await dave.composer().waitFor();
    await alice.closeSheets();

    await dave.page.getByRole("button", { name: /^Members/ }).click();
    const row = dave.page
      .getByRole("list", { name: "Members" })
      .getByRole("listitem")
      .filter({ hasText: "Gardeners" });
    await expect.poll(() => row.locator("circle[fill='#2e8b57']").count()).toBe(1);
    await dave.page.getByRole("button", { name: "Close side pane" }).click();
  });

  test("after a raid one action bans Dave and deletes what he wrote; he is told, and comes back by a new invite", async () => {
    for (const text of ["SPAM 1", "SPAM 2", "SPAM 3"]) await nodes.dave.say(general, text);
    await alice.row("SPAM 3").waitFor();
    const { page } = alice;
    await alice.openSpaceSettings("Members");
    await page.getByRole("button", { name: "Clean up after a raid…" }).click();
    await page.getByLabel("Invite", { exact: true }).selectOption({ index: 1 });
    await page.getByRole("button", { name: "Ban 1 and delete 4 messages" }).click();
    await page
      .getByRole("dialog", { name: "Cleaned up" })
      .getByText("Close", { exact: true })
      .click();
    await dave.sees(/^Alice banned you from Team/);
    await dave.sees("You no longer belong here.");
    await carol.page.getByText("Deleted by Alice.").nth(4).waitFor();
    await carol.row("SPAM").waitFor({ state: "detached" });

    await alice.goToSection("Audit log");
    await page.getByLabel("What", { exact: true }).selectOption({ label: "Bans" });
    await page.getByLabel("To whom", { exact: true }).selectOption({ label: "Dave" });
    const log = page.getByRole("list", { name: "Audit log" }).getByRole("listitem");
    await log.filter({ hasText: "Alice banned Dave" }).waitFor();
    await expect.poll(() => log.count()).toBe(1);
    await alice.goToSection("Members");
    await page.getByText("Banned and gone").click();
    await page.getByRole("button", { name: "Lift the ban of Dave" }).click();
    await page
      .getByRole("listitem")
      .filter({ hasText: "Dave" })
      .getByText(/^Removed by Alice/)
      .waitFor();
    await alice.closeSheets();
    await dave.page.getByRole("button", { name: "Add a workspace" }).click();
    await tryInvite(dave, await nodes.alice.invite(space));
    await dave.write("I will behave");
    await alice.row("I will behave").waitFor();
  });

  test("what Carol did without knowing that she was removed is void, and Alice keeps it", async () => {
    await nodes.alice.call("member.role", {
      space,
      account: idOf(nodes.carol),
      role: await roleOf("Admin"),
      on: true,
    });
    await nodes.carol.until("Carol may", async () =>
      (await nodes.carol.call("space.list", {})).spaces[0]!.may.includes("manage-channels"),
    );
    await Promise.all([nodes.alice.kill(), nodes.dave.kill()]);
    await nodes.carol.call("channel.create", { space, name: "plans" });
    await nodes.carol.kill();
    await nodes.alice.start();
    await nodes.alice.call("member.kick", { space, account: idOf(nodes.carol), override: true });
    await nodes.carol.start();
    await carol.sees(/^Alice removed you from Team/);
    await nodes.alice.until(
      "Alice hears of it",
      async () => (await nodes.alice.call("moderation.voided", { space })).entries.length === 1,
    );

    const { page } = alice;
    await alice.openSpaceSettings("Members");
    await page.getByText("Banned and gone").click();
    await page.getByRole("button", { name: "Keep what a removal undid…" }).click();
    await page.getByRole("checkbox", { name: /#plans/ }).check();
    await page.getByRole("button", { name: "Keep 1 item" }).click();
    await alice.closeSheets();
    await alice.channelLink("plans").waitFor();
    expect((await nodes.alice.call("moderation.voided", { space })).entries).toEqual([]);
  });

  test("no page complained", () => {
    expect([alice, carol, dave].flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});

async function roleOf(name: string): Promise<string> {
  const { roles } = await nodes.alice.call("role.list", { space });
  return roles.find((role) => role.name === name)!.id;
}
