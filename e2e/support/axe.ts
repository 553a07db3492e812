/**
 * The web app's own tests have axe look at every screen it can show; here it is the screens that real nodes lead to.
 */
import { violationsOf as violations } from "@multichat/testing/axe";
import type { Page } from "playwright-core";

/** Everything in light; in dark, where only colours differ, only those. A line for each violation. */
export async function violationsOf(
  page: Page,
  screen: string,
  alsoDark = false,
): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light" });
  const found = (await violations(page)).map((what) => `${screen}, light: ${what}`);
  if (!alsoDark) return found;
  await page.emulateMedia({ colorScheme: "dark" });
  found.push(...(await violations(page, true)).map((what) => `${screen}, dark: ${what}`));
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}
