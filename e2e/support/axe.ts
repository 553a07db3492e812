/**
 * What axe has to say about a page; nothing, one hopes. The web app's own tests look at every screen it can show; here it
 * is the screens that real nodes lead to.
 */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** Everything in light; in dark, where only colours differ, only those. A line for each violation. */
export async function violationsOf(
  page: Page,
  screen: string,
  alsoDark = false,
): Promise<string[]> {
  const found: string[] = [];
  for (const scheme of alsoDark ? (["light", "dark"] as const) : (["light"] as const)) {
    await page.emulateMedia({ colorScheme: scheme });
    // The page has no frames, so the way that opens a second page for each look is not needed.
    const builder = new AxeBuilder({ page }).setLegacyMode(true);
    if (scheme === "dark") builder.withRules(["color-contrast"]);
    const { violations } = await builder.analyze();
    for (const { id, nodes } of violations)
      found.push(`${screen}, ${scheme}: ${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  }
  if (alsoDark) await page.emulateMedia({ colorScheme: "light" });
  return found;
}
