/**
 * The web app's own tests have axe look at every screen it can show, light and dark; here it is the screens that real
 * nodes lead to.
 */
import { violationsOf as violations } from "@multichat/testing/axe";
import type { Page } from "playwright-core";

/** A line for each violation. */
export async function violationsOf(page: Page, screen: string): Promise<string[]> {
  return (await violations(page)).map((what) => `${screen}: ${what}`);
}
