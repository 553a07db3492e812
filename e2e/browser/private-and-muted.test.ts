/** Alice mutes Bob, makes a private channel with him that Carol does not see, and they write to each other alone. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, launchChromium } from "@multichat/testing/chromium";
import { type Profile, openProfile } from "../support/profile.ts";
import type { TestNode } from "../support/test-node.ts";
import { type Village, createVillage } from "../support/village.ts";

let browser: Browser;
let village: Village;
let nodes: { alice: TestNode; bob: TestNode; carol: TestNode };
let alice: Profile;
let bob: Profile;

const heading = (profile: Profile, name: string) =>
  profile.page.getByRole("heading", { level: 1, name, exact: true }).waitFor();

describe.skipIf(!hasChromium)(
  "restrictions and private places, in two browsers and three nodes",
  () => {
    beforeAll(async () => {
      [browser, village] = await Promise.all([launchChromium(), createVillage()]);
      const [one, two, three] = await Promise.all([
        village.node("Alice"),
        village.node("Bob"),
        village.node("Carol"),
      ]);
      nodes = { alice: one, bob: two, carol: three };
      await village.workspace("Team", one, two, three);
      [alice, bob] = await Promise.all([openProfile(browser, one), openProfile(browser, two)]);
      await Promise.all([heading(alice, "general"), heading(bob, "general")]);
    });
    afterAll(async () => {
      await browser?.close();
      await village?.[Symbol.asyncDispose]();
    });

    test("Alice mutes Bob for an hour: his composer gives way to who did it and until when", async () => {
      await bob.composer().fill("What I was about to say");
      const { page } = alice;
      await alice.openSpaceMenu("Workspace settings");
      await page
        .getByRole("navigation", { name: "Sections" })
        .getByRole("link", { name: "Members" })
        .click();
      await page
        .getByRole("list", { name: "Members" })
        .getByRole("button", { name: /Bob/ })
        .click();
      await page
        .getByRole("dialog", { name: "Bob" })
        .getByRole("button", { name: /^Mute/ })
        .click();
      await page.getByRole("button", { name: "Mute Bob" }).click();
      await page.getByRole("dialog", { name: "Mute Bob" }).waitFor({ state: "detached" });
      await bob.sees(/^Alice muted you until .*, in (\d+ minutes|1 hour)/);
      await bob.composer().waitFor({ state: "detached" });
      await page
        .getByRole("list", { name: "Members" })
        .getByRole("button", { name: /Bob.*Muted/ })
        .click();
      await page.getByRole("button", { name: "Unmute" }).click();
      await bob.composer().waitFor();
      await expect.poll(() => bob.composer().inputValue()).toBe("What I was about to say");
      await bob.composer().press("Enter");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
      await alice.row("What I was about to say").waitFor();
    });

    test("Alice makes a private channel with Bob; they talk in it, and Carol's node knows nothing of it", async () => {
      const { page } = alice;
      await alice.openSpaceMenu("Create a private channel");
      await page.getByLabel("Name", { exact: true }).fill("surprise");
      await page.getByRole("checkbox", { name: "Bob" }).check();
      await page.getByRole("button", { name: "Create channel" }).click();
      await heading(alice, "(private) surprise");
      await alice.write("Carol has her birthday on Friday");
      await bob.channelLink("surprise (private)").click();
      await bob.row("Carol has her birthday on Friday").waitFor();
      await bob.write("I bake");
      await alice.row("I bake").waitFor();
      // Something that Carol does receive, written after it by both.
      const [space] = (await nodes.carol.call("space.list", {})).spaces;
      const general = await nodes.carol.channel(space!.id);
      for (const node of [nodes.alice, nodes.bob]) await node.say(general, "Hello everybody");
      await nodes.carol.until(
        "Carol has both",
        async () =>
          (await nodes.carol.messages(general)).filter(({ text }) => text === "Hello everybody")
            .length === 2,
      );
      expect((await nodes.carol.call("space.list", {})).spaces).toHaveLength(1);
      expect(
        (await nodes.carol.call("channel.list", { space: space!.id })).channels.map(
          ({ name }) => name,
        ),
      ).toEqual(["general"]);
    });

    test("Bob opens a conversation with Alice, and both write in it", async () => {
      const { page } = bob;
      await page.getByRole("button", { name: "New message" }).click();
      await page.getByRole("checkbox", { name: "Alice" }).check();
      await page.getByRole("button", { name: "Open conversation" }).click();
      await heading(bob, "Alice");
      await bob.write("Just between us");
      await alice.channelLink("Bob").click();
      await alice.row("Just between us").waitFor();
      await alice.write("Of course");
      await bob.row("Of course").waitFor();
      expect((await nodes.carol.call("space.list", {})).spaces).toHaveLength(1);
    });

    test("no page complained", () => {
      expect([...alice.complaints, ...bob.complaints]).toEqual([]);
    });

    test("with Bob's page closed, a push has his browser ask his node, and show who wrote where", async () => {
      const context = bob.page.context();
      await context.grantPermissions(["notifications"]);
      const other = await context.newPage();
      const chromium = await context.newCDPSession(other);
      const registered = new Promise<string>((resolve) => {
        chromium.on("ServiceWorker.workerRegistrationUpdated", ({ registrations: [one] }) => {
          if (one) resolve(one.registrationId);
        });
      });
      await chromium.send("ServiceWorker.enable");
      await bob.page.evaluate(async () => {
        await navigator.serviceWorker.register("/notifications-worker.js");
        await navigator.serviceWorker.ready;
      });
      const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
      const [space] = (await nodes.alice.call("space.list", {})).spaces.filter(
        ({ name }) => name === "Team",
      );
      await nodes.bob.call("inbox.clear", {});
      await bob.page.close();
      await nodes.alice.say(await nodes.alice.channel(space!.id), "@Bob look, ||a surprise||");
      await nodes.bob.until(
        "it is in Bob's inbox",
        async () => (await nodes.bob.call("inbox.list", { unread: true })).items.length === 1,
      );
      await chromium.send("ServiceWorker.deliverPushMessage", {
        origin: nodes.bob.ready.api,
        registrationId: await registered,
        data: '{"unread":1}',
      });
      const shown = () =>
        worker.evaluate(async () => {
          const { registration } = globalThis as unknown as {
            registration: ServiceWorkerRegistration;
          };
          return (await registration.getNotifications()).map(({ title, body }) => [title, body]);
        });
      await expect.poll(shown).toEqual([["Alice · #general", "@Bob look, ▒▒▒"]]);
    });
  },
);
