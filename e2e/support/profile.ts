/** One person's browser: a profile of its own, signed in to that person's node. */
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import type { TestNode } from "./test-node.ts";

export interface Profile {
  readonly page: Page;
  /** What went wrong in the page without anybody seeing it. */
  readonly complaints: string[];
  composer(): Locator;
  /** Writes into the composer and sends with Enter. */
  write(text: string): Promise<void>;
  /** The row of the message with this text. */
  row(text: string): Locator;
  /** Resolves once the mark of this own message looks so. */
  untilDelivered(text: string, level: "stored" | "some" | "all"): Promise<void>;
  channelLink(name: string): Locator;
  /** Resolves once this text can be seen. */
  sees(text: string | RegExp): Promise<void>;
  openSpaceMenu(item: string): Promise<void>;
  /** The settings of the workspace in view, at this section. */
  openSpaceSettings(section: string): Promise<void>;
  /** In the settings, to another section. */
  goToSection(section: string): Promise<void>;
  /** Back to the conversation, however many sheets are open. */
  closeSheets(): Promise<void>;
  close(): Promise<void>;
}

const surroundings: BrowserContextOptions = {
  locale: "en-GB",
  timezoneId: "UTC",
  viewport: { width: 1_280, height: 800 },
  reducedMotion: "reduce",
};

/** Patience for a busy machine; every wait ends as soon as what is waited for is there. */
const patienceMs = 30_000;

/** @param node whose browser it is; without one the profile is a stranger's and no address is opened */
export async function openProfile(
  browser: Browser,
  node: TestNode | null,
  options: BrowserContextOptions = {},
): Promise<Profile> {
  const context = await browser.newContext({ ...surroundings, ...options });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // A node that is off, or goes off while it is called, is part of the tests; everything else is a defect.
    if (message.type() === "error" && !/ERR_CONNECTION_(?:REFUSED|RESET)/u.test(message.text()))
      complaints.push(message.text());
  });
  if (node !== null) await page.goto(await node.browserAddress());

  const composer = (): Locator => page.getByRole("textbox", { name: /^Message to / });
  const row = (text: string): Locator => page.getByRole("article").filter({ hasText: text });
  const sections = page.getByRole("navigation", { name: "Sections" });
  const self: Profile = {
    page,
    complaints,
    composer,
    row,
    async write(text) {
      await composer().fill(text);
      await composer().press("Enter");
    },
    untilDelivered: (text, level) =>
      row(text).locator(`[data-delivery="${level}"]`).waitFor({ state: "attached" }),
    channelLink: (name) =>
      page.getByRole("navigation", { name: "Channels" }).getByRole("link", { name }),
    sees: (text) => page.getByText(text).first().waitFor(),
    async openSpaceMenu(item) {
      await page.getByRole("button", { name: /: menu$/ }).click();
      await page.getByRole("menuitem", { name: item }).click();
    },
    async openSpaceSettings(section) {
      await self.openSpaceMenu("Workspace settings");
      await self.goToSection(section);
    },
    goToSection: (section) =>
      sections.getByRole("link", { name: new RegExp(`^${section}`) }).click(),
    async closeSheets() {
      const sheets = page.locator("dialog[open]");
      for (let left = await sheets.count(); left > 0; left--) {
        await page.keyboard.press("Escape");
        await sheets.nth(left - 1).waitFor({ state: "detached" });
      }
    },
    close: () => context.close(),
  };
  return self;
}
