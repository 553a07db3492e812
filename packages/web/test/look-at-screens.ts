/**
 * Screens at three widths, light and dark: nothing in them breaks a rule of accessibility, an error or the content
 * security policy, and nothing makes the page scroll sideways. With SCREENSHOTS=FOLDER the pictures are kept there.
 */
import { violationsOf } from "@multichat/testing/axe";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { appInBrowser } from "./app-in-browser.ts";
import { hasChromium } from "@multichat/testing/chromium";
import type { Settings } from "../src/state/settings.ts";
import type { ScreenName } from "./fake/screen-names.ts";

const folder = process.env["SCREENSHOTS"];

/** `EVERY_LOOK=1 npm run test:looks`. */
const every = process.env["EVERY_LOOK"] === "1";
/** `EVERY_LANGUAGE=1 npm run test:looks`: a quarter of an hour. */
const everyLanguage = process.env["EVERY_LANGUAGE"] === "1";

/**
 * Structure differs between one pane and several, colours between the themes: each is checked where it differs, for a
 * check of everything takes a while. It takes so long that `npm test` looks at every screen closely in one way only.
 */
const looks: {
  width: number;
  scheme: "light" | "dark";
  rules: "all" | "colours" | "structure" | null;
}[] = [
  { width: 1440, scheme: "light", rules: "all" },
  ...(every ? ([{ width: 1440, scheme: "dark", rules: "colours" }] as const) : []),
  ...(every || folder ? ([{ width: 820, scheme: "light", rules: null }] as const) : []),
  { width: 390, scheme: "light", rules: every ? "structure" : null },
  ...(folder ? ([{ width: 390, scheme: "dark", rules: null }] as const) : []),
];

/** What changes where everything is: a line that runs the other way, letters twice as large, and the longest words. */
const otherLooks: Record<string, Partial<Settings>> = {
  "in Arabic": { language: "ar" },
  "in German, with text twice as large": { language: "de", textSize: 200 },
};

/** Names the tests of one file: each file has a browser of its own, so that files run side by side. */
export function lookAt(
  screens: readonly ScreenName[],
  inHighContrast: readonly ScreenName[],
  inOtherLooks: readonly ScreenName[] = [],
): void {
  describe.skipIf(!hasChromium)("on screens of every width", { timeout: 120_000 }, () => {
    const app = appInBrowser({ width: 1440 });
    if (folder) mkdirSync(folder, { recursive: true });

    test.each(screens)("%s", async (screen) => {
      const page = await app.turnTo(screen);
      const found: string[] = [];
      for (const { width, scheme, rules } of looks) {
        await resize(page, width, scheme);
        await drawn(page);
        if (folder)
          await page.screenshot({ path: join(folder, `${screen}-${width}-${scheme}.png`) });
        const checked = width < 500 && (await sameInNarrowWindows(page)) ? null : rules;
        const wrong = [
          ...(checked ? await violationsOf(page, checked) : []),
          ...(await sideways(page)),
        ];
        found.push(...wrong.map((what) => `${width} ${scheme}: ${what}`));
      }
      await resize(page, 1440, "light");
      expect([...found, ...app.problems]).toEqual([]);
    });

    const inOther = Object.keys(otherLooks).flatMap((look) =>
      (everyLanguage ? screens : inOtherLooks).map((screen) => [screen, look] as const),
    );
    test.each(inOther)("%s %s", async (screen, look) => {
      const page = await app.open(screen, {}, otherLooks[look]);
      const found: string[] = [];
      for (const width of [1440, 820, 390]) {
        await resize(page, width, "light");
        await drawn(page);
        if (folder)
          await page.screenshot({
            path: join(folder, `${screen}-${width}-${look.replaceAll(/\W+/gu, "-")}.png`),
          });
        found.push(...(await sideways(page)).map((what) => `${width}: ${what}`));
      }
      await resize(page, 1440, "light");
      found.push(...(await violationsOf(page, "structure")));
      expect([...found, ...app.problems]).toEqual([]);
    });

    test.each(inHighContrast)("%s in high contrast", async (screen) => {
      const page = await app.open(screen, { contrast: true });
      const found: string[] = [];
      for (const scheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme: scheme, contrast: "more" });
        await drawn(page);
        found.push(...(await violationsOf(page, "colours")));
      }
      expect(found).toEqual([]);
    });
  });
}

/** A sheet without a navigation of its own has nothing that a wide window does not show. */
function sameInNarrowWindows(page: Page): Promise<boolean> {
  return page.evaluate(() => document.querySelector("dialog:modal:not(:has(nav))") !== null);
}

async function resize(page: Page, width: number, colorScheme: "light" | "dark"): Promise<void> {
  await page.setViewportSize({ width, height: 860 });
  await page.emulateMedia({ colorScheme });
}

/** By how much the page is wider than its window, if it is. */
async function sideways(page: Page): Promise<string[]> {
  const pixels = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return pixels > 0 ? [`${pixels} px wider than the window`] : [];
}

/** The new size has been laid out and painted. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
