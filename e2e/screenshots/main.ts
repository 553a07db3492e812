/**
 * `npm run screenshots`: the pictures of the README, from three real nodes and a real browser. They land in docs/images.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { chromiumPath, hasChromium, launchChromium } from "@multichat/testing/chromium";
import { repositoryRoot } from "../support/processes.ts";
import { type Profile, openProfile } from "../support/profile.ts";
import type { TestNode } from "../support/test-node.ts";
import { createVillage } from "../support/village.ts";
import { type Line, channels, elsewhere, general, workspaceName } from "./conversation.ts";

const images = join(repositoryRoot, "docs", "images");
const wide = { width: 1_440, height: 900 };
const narrow = { width: 390, height: 844 };

if (!hasChromium) {
  process.stderr.write(
    `There is no ${chromiumPath}. To take screenshots: apt-get install chromium\n`,
  );
  process.exit(1);
}
await mkdir(images, { recursive: true });
await using village = await createVillage();
const [alice, bob, carol] = await Promise.all([
  village.node("Alice"),
  village.node("Bob"),
  village.node("Carol"),
]);
const nodes: Record<Line["who"], TestNode> = { Alice: alice, Bob: bob, Carol: carol };
const space = await village.workspace(workspaceName, alice, bob, carol);
for (const { name, topic } of channels)
  await alice.call("channel.create", { space: space.id, name, topic });
await alice.call("channel.topic", {
  channel: await alice.channel(space.id),
  topic: "Everything that concerns us all",
});
for (const node of [bob, carol]) {
  await node.until("all channels are there", async () => {
    const { channels: here } = await node.call("channel.list", { space: space.id });
    return here.length === channels.length + 1;
  });
}
await talk("general", general);
await Promise.all(Object.values(nodes).map(confirmPhrase));
await Promise.all(Object.values(nodes).map(readGeneral));
for (const { channel, lines } of elsewhere) await talk(channel, lines);

const browser = await launchChromium();
await conversation(browser);
await telephone(browser);
await firstRun(browser);
await away(browser);
await browser.close();

/** One after another, as people do: each line is with everybody before the next is written. */
async function talk(channelName: string, lines: readonly Line[]): Promise<void> {
  const channel = await alice.channel(space.id, channelName);
  const said: string[] = [];
  for (const { who, text } of lines) {
    await nodes[who].say(channel, text);
    said.push(text);
    await Promise.all(Object.values(nodes).map((node) => node.untilReads(channel, said)));
  }
}

async function readGeneral(node: TestNode): Promise<void> {
  const channel = await node.channel(space.id);
  const { id } = (await node.messages(channel)).at(-1)!;
  await node.call("read.mark", { channel, message: id });
}

async function confirmPhrase(node: TestNode): Promise<void> {
  const { words } = await node.call("account.phrase", {});
  const typed = [0, 7, 19].map((position) => ({ position, word: words[position]! }));
  await node.call("account.confirm-phrase", { words: typed });
}

async function openGeneral(profile: Profile): Promise<void> {
  await profile.channelLink("general").click();
  await profile.row("See you on Sunday").waitFor();
}

async function picture(page: Page, name: string, schemes: ("light" | "dark")[]): Promise<void> {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    await page.mouse.move(wide.width / 2, 4);
    await page.screenshot({ path: join(images, `${name}-${colorScheme}.png`), caret: "hide" });
  }
}

/** The main screen, with who is connected. */
async function conversation(from: Browser): Promise<void> {
  const profile = await openProfile(from, alice, { viewport: wide });
  const { page } = profile;
  await bob.call("presence.active", {});
  await openGeneral(profile);
  await profile.sees("Connected to 2 of 2 members.");
  await page.getByRole("button", { name: "Members: 3" }).click();
  await page.reload();
  await page.getByRole("complementary", { name: "Members" }).getByText("Carol").waitFor();
  await page.getByRole("complementary", { name: "Members" }).getByText("Online").nth(1).waitFor();
  await picture(page, "conversation", ["light", "dark"]);
  await profile.close();
}

async function telephone(from: Browser): Promise<void> {
  const profile = await openProfile(from, carol, { viewport: narrow, hasTouch: true });
  await openGeneral(profile);
  await picture(profile.page, "narrow", ["light", "dark"]);
  await profile.close();
}

async function firstRun(from: Browser): Promise<void> {
  const profile = await openProfile(from, await village.stranger(), { viewport: wide });
  await profile.page.getByLabel("Your name").fill("Dan");
  await picture(profile.page, "first-run", ["light"]);
  await profile.close();
}

/** Both others are off; what Alice writes waits on her computer. */
async function away(from: Browser): Promise<void> {
  const profile = await openProfile(from, alice, { viewport: wide });
  await openGeneral(profile);
  await Promise.all([bob.stop(), carol.stop()]);
  await profile.sees("None of 2 members in reach.");
  await profile.write("I will put the list on the shed door as well.");
  await profile.untilDelivered("list on the shed door", "stored");
  const mark = profile.row("list on the shed door").locator("[data-delivery]");
  for (const colorScheme of ["dark"] as const) {
    await profile.page.emulateMedia({ colorScheme });
    await mark.hover();
    await profile.page.getByText("Stored on this computer.").first().waitFor();
    await profile.page.screenshot({ path: join(images, `away-${colorScheme}.png`), caret: "hide" });
  }
  await profile.close();
}
