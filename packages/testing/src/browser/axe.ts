/** What axe has to say about a page; nothing, one hopes. */
import { source, type AxeResults, type RunOptions } from "axe-core";
import type { Page } from "playwright-core";

/**
 * A line for each violation, in the sheet on top if there is one: all else is inert then.
 *
 * @param what only whether colours stand out from one another, which takes longest, or all but that
 */
export async function violationsOf(page: Page, what: "all" | "colours" | "structure" = "all"): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(source);
  const options: RunOptions = {
    resultTypes: ["violations"],
    // Style sheets of other origins, of which there are none.
    preload: false,
    ...(what === "colours" ? { runOnly: ["color-contrast"] } : {}),
    ...(what === "structure" ? { rules: { "color-contrast": { enabled: false } } } : {}),
  };
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run([...document.querySelectorAll("dialog:modal")].at(-1) ?? document, ${JSON.stringify(options)})`,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ""}`),
  );
}
