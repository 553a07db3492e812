/** Before the end-to-end tests: a line for each kind of them that cannot run here. */
import { hasChromium, howToGetChromium } from "@multichat/testing/chromium";
import { whyNoMulticast } from "./multicast.ts";

export async function setup(): Promise<void> {
  const why = await whyNoMulticast();
  if (why !== null)
    process.stderr.write(`\nThe test of discovery on the local network is skipped: ${why}\n`);
  if (!hasChromium)
    process.stderr.write(`\nThe end-to-end tests in browsers are skipped: ${howToGetChromium}\n`);
}
