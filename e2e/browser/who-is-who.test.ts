/** Whom one can believe, and who may reach whom: members, guests, people introduced, and strangers. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, launchChromium } from "@multichat/testing/chromium";
import { type Profile, openProfile } from "../support/profile.ts";
import type { TestNode } from "../support/test-node.ts";
import { type Village, createVillage } from "../support/village.ts";

let browser: Browser;
let village: Village;
let nodes: { alice: TestNode; bob: TestNode; carol: TestNode; gus: TestNode };
let alice: Profile;
let bob: Profile;
let carol: Profile;
let gus: Profile;
let space: string;

const idOf = (node: TestNode): string => node.ready.account!.id;

const heading = ({ page }: Profile, name: string) =>
  page.getByRole("heading", { level: 1, name, exact: true }).waitFor();

async function openCard({ page, row }: Profile, name: string, text: string): Promise<void> {
  await row(text).getByRole("button", { name, exact: true }).click();
  await page.getByRole("dialog", { name }).getByText("Member since").waitFor();
}

/** One more device of the account of `node`; both sides say yes. */
async function linkDevice(node: TestNode): Promise<TestNode> {
  const fresh = await village.stranger();
  const { linking } = await node.call("device.link", {});
  await fresh.call("device.link-enter", { code: linking.code! });
  for (const side of [node, fresh]) {
    await side.until(
      "both show pictures",
      async () => (await side.call("device.link-get", {})).linking?.step === "confirm",
    );
    await side.call("device.link-confirm", { same: true });
  }
  await fresh.until(
    "it belongs to the account",
    async () => (await fresh.call("account.get", {})).account?.id === idOf(node),
  );
  return fresh;
}

describe.skipIf(!hasChromium)("who is who, in four browsers", () => {
  beforeAll(async () => {
    [browser, village] = await Promise.all([launchChromium(), createVillage()]);
    const [one, two, three, four] = await Promise.all(
      ["Alice", "Bob", "Carol", "Gus"].map((name) => village.node(name)),
    );
    nodes = { alice: one!, bob: two!, carol: three!, gus: four! };
    space = (await village.workspace("Team", one!, two!, three!)).id;
    const general = await one!.channel(space);
    await two!.say(general, "Bob was here");
    await three!.say(general, "I am new here");
    [alice, bob, carol, gus] = (await Promise.all(
      [one!, two!, three!, four!].map((node) => openProfile(browser, node)),
    )) as [Profile, Profile, Profile, Profile];
    await Promise.all([alice.row("I am new here").waitFor(), carol.row("Bob was here").waitFor()]);
  });
  afterAll(async () => {
    await browser?.close();
    await village?.[Symbol.asyncDispose]();
  });

  test("Alice vouches for Bob and Carol sees it; Carol's name for him is on her other device too", async () => {
    await openCard(alice, "Bob", "Bob was here");
    await alice.page.getByRole("button", { name: "Vouch", exact: true }).click();
    await alice.page
      .getByRole("dialog", { name: "Vouch for Bob" })
      .getByRole("button", { name: "Vouch", exact: true })
      .click();
    await alice.page.getByRole("dialog", { name: "Vouch for Bob" }).waitFor({ state: "detached" });
    const second = await linkDevice(nodes.carol);
    await openCard(carol, "Bob", "Bob was here");
    const { page } = carol;
    await page.getByRole("dialog", { name: "Bob" }).getByText("Vouched for by Alice").waitFor();
    await page.getByRole("button", { name: "Give your own name" }).click();
    await page.getByLabel("Your name for them").fill("Bobby");
    await page.getByLabel("Your name for them").press("Enter");
    await page.getByText("Goes by the name Bob.").waitFor();
    await page.keyboard.press("Escape");
    await carol.row("Bob was here").getByRole("button", { name: "Bobby", exact: true }).waitFor();
    const namedThere = async () =>
      (await second.call("contact.list", {})).contacts.find(({ id }) => id === idOf(nodes.bob))
        ?.petname;
    await expect.poll(namedThere).toBe("Bobby");
  });

  test("a name like Bob's is marked, and so is Bob once his keys changed, until numbers are compared again", async () => {
    await nodes.alice.call("contact.verify", { account: idOf(nodes.bob), method: "digits" });
    const { page } = carol;
    await page.keyboard.press("Control+,");
    await page
      .getByLabel("Picture of you")
      .setInputFiles({ name: "me.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
    await page.getByText("This picture is damaged and cannot be opened.").waitFor();
    await page.getByLabel("Your name").fill("B0b");
    await page.getByLabel("Pronouns (optional)").fill("she/her");
    await page.getByRole("button", { name: "Save profile" }).click();
    await page.getByText("Saved.").waitFor();
    await carol.closeSheets();
    await alice
      .row("I am new here")
      .getByRole("img", { name: "The name looks like that of somebody you know better" })
      .waitFor();
    await openCard(alice, "B0b", "I am new here");
    await alice.page.getByRole("dialog", { name: "B0b" }).getByText("she/her").waitFor();
    await alice.sees("This name looks like that of Bob, whom you know better.");
    await alice.page.keyboard.press("Escape");

    await nodes.bob.call("account.rotate", {});
    await alice
      .row("Bob was here")
      .getByRole("img", { name: "The keys of this account changed since you verified it" })
      .waitFor();
    await openCard(alice, "Bob", "Bob was here");
    await alice.page.getByRole("button", { name: "Compare safety numbers" }).click();
    await alice.sees("The keys of the account changed since: compare again.");
    await alice.page.getByRole("button", { name: "It is the same: mark as verified" }).click();
    await alice.sees(/^You compared the number with Bob/);
    await alice.closeSheets();
    await alice.row("Bob was here").getByRole("img", { name: "Verified by you" }).waitFor();
    expect(
      (await nodes.alice.call("person.get", { account: idOf(nodes.bob) })).person.verified
        ?.keysChanged,
    ).toBe(false);
  });

  test("Carol, whom Alice removed, is a stranger to Bob: nothing reaches him before he accepts", async () => {
    await nodes.alice.call("member.kick", { space, account: idOf(nodes.carol), override: true });
    const { page } = carol;
    await carol.sees(/^Alice removed you from Team/);
    await page.getByRole("button", { name: "New message" }).click();
    await page.getByRole("checkbox", { name: "Bobby" }).check();
    await page.getByRole("button", { name: "Open conversation" }).click();
    await heading(carol, "Bobby");
    await carol.write("Let me explain");
    await bob.page.getByText("1 message request").click();
    const request = bob.page.getByRole("dialog", { name: "Message requests" });
    await request.getByText("The name is what they call themselves.").waitFor();
    expect((await nodes.bob.call("space.list", {})).spaces.map(({ kind }) => kind)).toEqual([
      "team",
    ]);
    await request.getByRole("button", { name: "Accept the request of B0b" }).click();
    await request.getByText(/^Accepted\./).waitFor();
    await bob.closeSheets();
    await bob.channelLink("B0b").click();
    await bob.row("Let me explain").waitFor();
    await bob.write("I am listening");
    await carol.row("I am listening").waitFor();
  });

  test("Carol forgets the workspace here, and it is gone from her list", async () => {
    const { page } = carol;
    await carol.channelLink("general").click();
    await page.getByRole("button", { name: "Forget…" }).click();
    await page.getByRole("button", { name: "Forget Team" }).click();
    await page.getByRole("dialog", { name: "Forget Team" }).waitFor({ state: "detached" });
    expect((await nodes.carol.call("space.list", {})).spaces.map(({ kind }) => kind)).toEqual([
      "direct",
    ]);
  });

  test("Alice makes a channel private in one step, and a guest sees that channel and nothing else", async () => {
    const { page } = alice;
    await nodes.alice.call("channel.create", { space, name: "launch" });
    await alice.openSpaceSettings("Channel permissions");
    await page.getByLabel("Channel", { exact: true }).selectOption({ label: "#launch" });
    await page.getByRole("button", { name: "Make private…" }).click();
    await page.getByRole("button", { name: "Make private", exact: true }).click();
    await heading(alice, "(private) launch");
    await alice.write("We start on Monday");
    await page.getByRole("button", { name: /^Add people/ }).click();
    await page.getByRole("button", { name: "Invite a guest by a link" }).click();
    await page.getByRole("button", { name: "Make an invite link" }).click();
    await gus.page
      .getByLabel("Invite link")
      .fill(await page.getByLabel("Invite link").inputValue());
    await alice.closeSheets();
    await gus.page.getByRole("button", { name: "Join launch" }).click();
    await gus.row("We start on Monday").waitFor();
    await gus.write("I will be there");
    await alice.row("I will be there").waitFor();
    const { spaces } = await nodes.gus.call("space.list", {});
    expect(spaces.map(({ kind, parent }) => ({ kind, parent: parent?.name }))).toEqual([
      { kind: "private", parent: null },
    ]);
    const links = gus.page.getByRole("navigation", { name: "Channels" }).getByRole("link");
    await expect
      .poll(() => links.filter({ hasText: /launch|general/ }).allTextContents())
      .toEqual(["launch (private)"]);
  });

  test("Alice introduces Gus to Bob; both accept, and Gus writes to them both without asking", async () => {
    await openCard(alice, "Gus", "I will be there");
    const { page } = alice;
    await page.getByRole("button", { name: "Introduce to somebody" }).click();
    await page.getByRole("radio", { name: /^Bob/ }).check();
    await page.getByRole("button", { name: "Ask both" }).click();
    await alice.sees(/are being asked/);
    await alice.closeSheets();
    for (const asked of [bob, gus]) {
      await asked.page.getByRole("button", { name: /question waits for you/ }).click();
      await asked.goToSection("Privacy");
      await asked.sees(/^Alice would like to introduce you to/);
      await asked.page.getByRole("button", { name: "Accept" }).click();
      await asked.sees(asked === bob ? "Not everybody has answered yet." : "Both accepted.");
      await asked.closeSheets();
    }
    await gus.page.getByRole("button", { name: "New message" }).click();
    for (const name of ["Alice", "Bob"])
      await gus.page.getByRole("checkbox", { name, exact: true }).check();
    await gus.page.getByRole("button", { name: "Open conversation" }).click();
    await heading(gus, "Alice, Bob");
    await gus.write("Nice to meet you");
    await bob.channelLink("Alice, Gus").click();
    await bob.row("Nice to meet you").waitFor();
    expect((await nodes.bob.call("request.list", {})).requests).toEqual([]);
  });

  test("Gus leaves the channel, and it is gone from his list", async () => {
    const { page } = gus;
    await page.getByRole("link", { name: "launch" }).click();
    await gus.openSpaceMenu("Leave workspace");
    await page.getByRole("button", { name: "Leave launch" }).click();
    await nodes.alice.until("Alice sees it", async () => {
      const place = (await nodes.alice.call("space.list", {})).spaces.find(
        ({ kind }) => kind === "private",
      )!;
      return (await nodes.alice.call("member.list", { space: place.id })).members.length === 1;
    });
    expect((await nodes.gus.call("space.list", {})).spaces.map(({ kind }) => kind)).toEqual([
      "direct",
    ]);
  });

  test("no page complained", () => {
    expect([alice, bob, carol, gus].flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
