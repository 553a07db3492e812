/** What moderators do and what those concerned see, in a real browser on the in-memory Multichat. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { appInBrowser } from "./app-in-browser.ts";
import { asked } from "./asked.ts";
import { hasChromium } from "@multichat/testing/chromium";
import { rightsOfMember } from "./fake/rights.ts";
import { idOf, now } from "./fake/world.ts";

describe.skipIf(!hasChromium)("moderation", { timeout: 60_000 }, () => {
  const { open } = appInBrowser({ width: 1200, height: 820 });
  const press = (page: Page, name: string | RegExp) =>
    page
      .getByRole("dialog")
      .last()
      .getByRole("button", { name, exact: typeof name === "string" })
      .click();
  const row = (page: Page, text: string) => page.locator("[data-row]", { hasText: text });
  const openMenu = async (page: Page, text: string) => {
    await row(page, text).hover();
    await row(page, text).getByRole("button", { name: "More" }).click();
  };

  test("muting says what it does and for how long, before it is done", async () => {
    const page = await open("settings-governed-members");
    await page
      .getByRole("list", { name: "Members" })
      .getByRole("button", { name: /Carol/u })
      .click();
    await press(page, /^Mute/u);
    await page
      .getByText("Carol can go on reading, and can neither write nor react in any channel here.")
      .waitFor();
    expect(await asked(page, "member.mute")).toEqual([]);
    await page.getByLabel("For how long").selectOption("day");
    await press(page, "Mute Carol");
    await page.getByRole("dialog", { name: "Mute Carol" }).waitFor({ state: "detached" });
    const [sent] = (await asked(page, "member.mute")) as {
      account: string;
      on: boolean;
      until: number;
    }[];
    expect(sent).toMatchObject({ account: idOf("Carol"), on: true });
    expect(sent!.until - now).toBeGreaterThanOrEqual(86_400_000);
    expect(sent!.until - now).toBeLessThan(86_400_000 + 60_000);
  });

  test("what one may not do about somebody is there, with the reason, and does nothing", async () => {
    const page = await open("member-senior");
    const ban = page.getByRole("dialog").getByRole("button", { name: /^Ban/u });
    await ban.getByText("Their role is not below yours.").waitFor();
    expect(await ban.getAttribute("aria-disabled")).toBe("true");
    await ban.click({ force: true });
    await page.getByRole("dialog", { name: "Bruno Castellanos" }).waitFor();
  });

  test("removing after weeks without the others lists what becomes void, and is done only when one insists", async () => {
    const page = await open("member-ban-stale");
    await page.getByRole("alert").getByText("would become void for everybody").waitFor();
    expect(await asked(page, "member.ban")).toEqual([]);
    await press(page, "Do it all the same");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await asked(page, "member.ban")).toMatchObject([
      { account: idOf("Eve"), override: true, until: 0 },
    ]);
  });

  test("roles are given before others are taken, and put into words first", async () => {
    const page = await open("member-roles");
    await page.getByLabel("Moderator").check();
    await page.getByLabel("Member", { exact: true }).uncheck();
    await page.getByText("Eve gets: Moderator.").waitFor();
    await page.getByText("Eve no longer has: Member.").waitFor();
    expect(await page.getByLabel(/^Owner/u).isDisabled()).toBe(true);
    await press(page, "Save roles");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const sent = (await asked(page, "member.role")) as { role: string; on: boolean }[];
    expect(sent.map(({ role, on }) => [role, on])).toEqual([
      [idOf("role Moderator"), true],
      [idOf("role Member"), false],
    ]);
  });

  test("who is muted reads by whom and until when, and finds the draft again afterwards", async () => {
    const page = await open("governed");
    await page.fill("#composer", "Half a sentence");
    const mute = (until: number | null) =>
      page.evaluate((end) => {
        const { fake, app: shown } = window.harness;
        const { route } = shown.store.getState();
        const space = route.at === "space" ? route.space : "";
        const members = fake.world.members[space]!;
        const by = members.find(({ you }) => !you)!;
        members.find(({ you }) => you)!.muted =
          end === null ? null : { by: { id: by.id, name: by.name }, at: 0, until: end };
        fake.push("members", { space, members: structuredClone(members) });
      }, until);
    await mute(now + 30 * 60_000);
    await page.getByText(/^Bruno Castellanos muted you until 15:34, in \d+ minutes\./u).waitFor();
    expect(await page.locator("#composer").count()).toBe(0);
    await mute(null);
    await expect.poll(() => page.locator("#composer").inputValue()).toBe("Half a sentence");
  });

  test("slow mode counts down, and then the message goes out", async () => {
    const page = await open("slow");
    await page.getByText(/^You can send again in/u).waitFor();
    await page.fill("#composer", "At last");
    expect(await page.getByRole("button", { name: "Send", exact: true }).isDisabled()).toBe(true);
    await page.keyboard.press("Enter");
    expect(await asked(page, "message.send")).toEqual([]);
    await page.clock.runFor(80_000);
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await row(page, "At last").waitFor();
  });

  test.each([
    ["locked", "This channel is locked"],
    ["archived", "This channel is archived"],
  ])("a %s channel says so in place of the composer", async (screen, words) => {
    const page = await open(screen);
    await page.getByRole("status").getByText(words).waitFor();
    expect(await page.locator("#composer").count()).toBe(0);
  });

  test("a deleted message keeps its place and says who deleted it", async () => {
    const page = await open("governed");
    await openMenu(page, "Ten is good.");
    await page.getByRole("menuitem", { name: "Delete…" }).click();
    await page
      .getByRole("dialog", { name: "Delete your message" })
      .getByText("This cannot be undone.")
      .waitFor();
    await press(page, "Delete message");
    await row(page, "You deleted this message.").waitFor();
    await expect.poll(() => row(page, "Ten is good.").count()).toBe(0);
    await row(page, "You deleted this message.")
      .getByRole("button", { name: "More" })
      .waitFor({ state: "detached" });
  });

  test("who may not delete others' messages reads why, and can report them", async () => {
    const page = await open("governed");
    await page.evaluate((rights) => {
      const { fake, app: shown } = window.harness;
      const { route } = shown.store.getState();
      const channel = fake.world.channels.find(
        ({ id }) => route.at === "space" && id === route.channel,
      )!;
      fake.push("channel", { ...channel, permissions: rights });
    }, rightsOfMember());
    await openMenu(page, "And I bring cake");
    const remove = page.getByRole("menuitem", { name: /^Delete…/u });
    await remove.getByText("Your role here (Member) does not include this.").waitFor();
    expect(await remove.getAttribute("aria-disabled")).toBe("true");
    await page.getByRole("menuitem", { name: "Report…" }).click();
    await page.getByLabel("What is wrong with it?").fill("Not vegan");
    await press(page, "Send report");
    await page
      .getByRole("dialog", { name: "Reported" })
      .getByText("Close", { exact: true })
      .click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await asked(page, "report.create")).toMatchObject([{ reason: "Not vegan" }]);
  });

  test("what somebody senior wrote is not offered to be deleted, where it stands nor where it is reported", async () => {
    const page = await open("governed");
    const makeSenior = (name: string) =>
      page.evaluate((who) => {
        const { fake } = window.harness;
        for (const [space, members] of Object.entries(fake.world.members)) {
          for (const member of members) if (member.name === who) member.junior = false;
          fake.push("members", { space, members: structuredClone(members) });
        }
      }, name);
    await openMenu(page, "And I bring cake");
    const offered = page.getByRole("menuitem", { name: /^Delete…/u });
    expect(await offered.getAttribute("aria-disabled")).toBeNull();
    await page.keyboard.press("Escape");
    await makeSenior("Carol");
    await openMenu(page, "And I bring cake");
    await offered.getByText("Their role is not below yours.").waitFor();
    expect(await offered.getAttribute("aria-disabled")).toBe("true");

    await open("settings-reports");
    const reported = page.getByRole("dialog").getByRole("button", { name: "Delete…" });
    expect(await reported.getAttribute("aria-disabled")).toBeNull();
    await page.evaluate(() => {
      const { fake, app: shown } = window.harness;
      const { route } = shown.store.getState();
      const [space, channel] = route.at === "space" ? [route.space, route.channel!] : ["", ""];
      for (const report of fake.world.governed.reports)
        Object.assign(report.message, { space, channel });
      fake.push("reports", { space, open: 1 });
    });
    await makeSenior("Eve");
    await expect.poll(() => reported.getAttribute("aria-disabled")).toBe("true");
    expect(
      await reported
        .getAttribute("aria-describedby")
        .then((id) => page.locator(`[id="${id}"]`).textContent()),
    ).toBe("Their role is not below yours.");
  });

  test("an own message that was not accepted says why, and its text can be sent again", async () => {
    const page = await open("governed");
    const refused = row(page, "Not accepted: You may not change roles here.");
    await refused.getByRole("button", { name: "Send again" }).click();
    await expect
      .poll(() => asked(page, "message.send"))
      .toMatchObject([{ text: "Let me make everyone an admin for a moment." }]);
  });

  test("a new role is made with what one has oneself; the rest says why not", async () => {
    const page = await open("settings-roles");
    await press(page, "New role");
    await page.getByLabel("Name", { exact: true }).fill("Beekeeper");
    await page.getByRole("switch", { name: "Pin messages" }).check();
    const administer = page.getByRole("switch", { name: "Administer" });
    expect(await administer.isDisabled()).toBe(true);
    await page.getByText("Your own role does not have this, so you cannot give it.").waitFor();
    await press(page, "Create role");
    await page.getByRole("list", { name: "Roles" }).getByText("Beekeeper").waitFor();
    expect(await asked(page, "role.create")).toMatchObject([
      { name: "Beekeeper", permissions: ["send", "reply", "react", "attach", "pin"] },
    ]);
  });

  test("a role moves up past one that is below one's own, and not past one that is not", async () => {
    const page = await open("settings-roles");
    const list = page.getByRole("list", { name: "Roles" });
    expect(
      await list.getByRole("button", { name: "Move Moderator up" }).getAttribute("aria-disabled"),
    ).toBe("true");
    await list.getByRole("button", { name: "Move Guest up" }).click();
    await expect
      .poll(async () =>
        (await list.getByRole("listitem").allTextContents()).map((text) => text.slice(0, 5)),
      )
      .toEqual(["Owner", "Admin", "Moder", "Keepe", "Guest", "Membe"]);
  });

  test("a channel allows, denies or leaves it to the roles, and says what follows for whom", async () => {
    const page = await open("settings-channels");
    const react = page.getByRole("group", { name: "React" });
    expect(await react.getByRole("radio", { name: "Allowed" }).isChecked()).toBe(true);
    await react.getByTitle("As the roles say").click();
    await expect
      .poll(() => asked(page, "channel.override"))
      .toEqual([
        {
          channel: idOf("channel Garden Club general"),
          subject: { role: idOf("role Guest") },
          allow: [],
          deny: ["send", "attach"],
        },
      ]);
    const result = page.getByRole("list", { name: "Permissions" });
    await result.getByText("The role of Guest does not include this.").first().waitFor();
    expect(await result.getByRole("listitem").first().textContent()).toContain(
      "May: Send messages",
    );
  });

  test("people who ask to join are shown where one is, and let in or not", async () => {
    const page = await open("governed");
    await page.getByRole("button", { name: "2 people ask to join" }).click();
    await press(page, "Approve Zoë Ångström");
    await page.getByRole("button", { name: "Approve Zoë Ångström" }).waitFor({ state: "detached" });
    await press(page, "Deny Tom");
    await page.getByText("Nobody is waiting.").waitFor();
    expect(await asked(page, "join.approve")).toHaveLength(1);
    expect(await asked(page, "join.deny")).toHaveLength(1);
  });

  test("what newcomers read is set, without promising more than is kept, and said wherever it matters", async () => {
    const page = await open("settings-overview");
    const earlier = page.getByRole("switch", { name: /^Newcomers read earlier messages/u });
    expect(await earlier.isChecked()).toBe(true);
    await earlier.click();
    await page
      .getByText(
        "nobody loses what they have, and whoever has earlier messages can still show them",
      )
      .waitFor();
    expect(await asked(page, "space.history")).toEqual([
      { space: idOf("space Garden Club"), history: "join" },
    ]);
    const settings = page.getByRole("dialog");
    await settings.getByRole("link", { name: "Invites" }).click();
    await settings
      .getByText("every channel of Garden Club, with what is written from then on")
      .waitFor();
    await settings.getByRole("link", { name: "Overview" }).click();
    // Whoever may not set it is shown it all the same.
    await page.evaluate((rights) => {
      const { app: shown, fake } = window.harness;
      const space = Object.values(shown.store.getState().spaces).find(
        ({ name }) => name === "Garden Club",
      )!;
      fake.push("space", { ...space, permissions: rights });
    }, rightsOfMember());
    await page
      .locator("label", { has: earlier })
      .getByText("Your role here (Member) does not include this.")
      .waitFor();
    expect([await earlier.isChecked(), await earlier.isDisabled()]).toEqual([false, true]);
  });

  test("a report leads to its message, and is settled", async () => {
    const page = await open("settings-reports");
    await press(page, "Mark as settled");
    await page.getByText("There are none.").waitFor();
    await page.getByRole("dialog").getByText("Settled", { exact: true }).first().click();
    await page.getByText("Buy my seeds").waitFor();
    await expect.poll(() => page.getByText(/^Settled by Ines Marquez/u).count()).toBe(2);
  });

  test("from a report one jumps to its message, however far back it is", async () => {
    const page = await open("big");
    await page.evaluate(() => {
      const { app: shown, fake } = window.harness;
      const message = Object.values(fake.world.messages)[0]![40]!;
      const by = { id: message.author.id, name: message.author.name };
      fake.world.governed.reports = [
        { id: "far", message, by, at: message.time, reason: "Long ago", resolved: null },
      ];
      location.hash = `#/w/${message.space}/settings/reports`;
      shown.store.setState({ settingsAt: { space: message.space, section: "reports" } });
    });
    await press(page, "Go to the message");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await row(page, "(41)").waitFor();
    await expect
      .poll(() =>
        row(page, "(41)").evaluate(
          (element) =>
            element === document.activeElement &&
            element.getBoundingClientRect().top > 0 &&
            element.getBoundingClientRect().bottom < innerHeight,
        ),
      )
      .toBe(true);
  });

  test("the audit log is narrowed by what was done, by whom and to whom", async () => {
    const page = await open("settings-audit");
    const entries = page.getByRole("list", { name: "Audit log" }).getByRole("listitem");
    await expect.poll(() => entries.count()).toBe(7);
    await page.getByLabel("By whom").selectOption({ label: "Bruno Castellanos" });
    await expect
      .poll(() => entries.allTextContents())
      .toEqual([expect.stringContaining("Bruno Castellanos banned Mallory")]);
    await page.getByLabel("What", { exact: true }).selectOption("mute");
    await page.getByText("Nothing like this has happened.").waitFor();
  });

  test("cleaning up shows the counts first, does it, and says what it did", async () => {
    const page = await open("clean-up");
    await page.getByText("3 people are banned, 214 messages are deleted in 4 channels.").waitFor();
    await page
      .getByText("Not touched, as their role is not below yours: Bruno Castellanos.")
      .waitFor();
    expect(await asked(page, "moderation.cleanup")).toEqual([]);
    await press(page, "Ban 3 and delete 214 messages");
    await page
      .getByText("3 people were banned, 214 messages were deleted in 4 channels.")
      .waitFor();
    expect(await asked(page, "moderation.cleanup")).toMatchObject([{ invite: "i2" }]);
  });

  test("what a removal undid is kept where one may, piece by piece", async () => {
    const page = await open("adopt");
    expect(await page.getByLabel(/gave Mallory the role/u).isDisabled()).toBe(true);
    await page.getByLabel(/created #compost/u).check();
    await press(page, "Keep 1 item");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await asked(page, "moderation.adopt")).toMatchObject([
      { cause: idOf("removal of Eve"), events: [expect.any(String)] },
    ]);
  });

  test("who was removed reads by whom and when, can still read, and forgets the workspace", async () => {
    const page = await open("removed");
    await page.getByText("Bruno Castellanos removed you from Garden Club on 23 Nov").waitFor();
    await row(page, "Ten is good.").waitFor();
    await page.getByRole("button", { name: "Forget…" }).click();
    await press(page, "Forget Garden Club");
    await page.getByRole("button", { name: /^Garden Club/u }).waitFor({ state: "detached" });
    expect(await asked(page, "space.forget")).toHaveLength(1);
    expect(await asked(page, "space.leave")).toEqual([]);
  });

  test("a ban is lifted where it is listed", async () => {
    const page = await open("settings-departed");
    await press(page, "Lift the ban of Peggy");
    await page
      .getByRole("button", { name: "Lift the ban of Peggy" })
      .waitFor({ state: "detached" });
    expect(await asked(page, "member.unban")).toMatchObject([{ account: idOf("Peggy") }]);
  });
});
