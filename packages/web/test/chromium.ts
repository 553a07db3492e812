/** The browser that these tests drive. */
import { existsSync } from "node:fs";

export const chromiumPath = "/usr/bin/chromium";
export const hasChromium = existsSync(chromiumPath);
export const howToGetChromium = `The web app's browser tests are skipped: there is no ${chromiumPath}. To run them: apt-get install chromium`;
