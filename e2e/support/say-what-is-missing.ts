/** Before the end-to-end tests: one line when they cannot all run here. */
import { chromiumPath, hasChromium } from "./chromium.ts";

export function setup(): void {
  if (hasChromium) return;
  process.stderr.write(
    `\nThe browser tests are skipped: there is no ${chromiumPath}. To run them: apt-get install chromium\n`,
  );
}
