/**
 * What the screen does with a channel of 50,000 messages: a real node, the app as it is shipped, a real Chromium. How long
 * opening takes from the click until the newest message is painted, the longest frame while all rows are scrolled through,
 * and what Lighthouse counts of loading the page there: first and largest paint, blocked time, and shifts of the layout.
 */
import { chromiumPath, hasChromium, launchChromium } from "@multichat/testing/chromium";
import type { Id } from "@multichat/client";
import { atMost, type Figure, figure } from "../figures/figure.ts";
import type { BenchNode } from "../nodes/bench-node.ts";
import { browserAddress } from "../nodes/browser-address.ts";
import { found } from "../nodes/conversation.ts";
import { type Load, loadTimes, opening, type Page, scrollThrough } from "../screen/measures.ts";
import type { Row } from "./row.ts";

const messageCount = 50_000;
const inFlight = 256;
const openings = 5;
/** In each frame, at 60 frames a second about twenty screens a second: every row comes into sight, faster than anybody could read. */
const stepPixels = 300;

export const screen: Row = async (context) => {
  if (!hasChromium) {
    context.say(`there is no ${chromiumPath}: nothing of the screen is measured`);
    return [];
  }
  const count = context.quick ? 3_000 : messageCount;
  const node = await context.start("screen");
  const { space, channel: quiet } = await found(node);
  const { channel } = await node.client.call("channel.create", { space, name: "long" });
  context.say(`writing ${count} messages`);
  await fill(node, channel.id, count);
  await node.client.call("read.mark", {
    channel: channel.id,
    message: (await newest(node, channel.id)).id,
  });

  const browser = await launchChromium();
  const window = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
  const page = await window.newPage();
  await page.goto(await browserAddress(node));
  await page.locator("#composer").waitFor();
  const goTo = async (id: Id): Promise<void> => {
    await page.goto(`${node.access.url}/#/w/${space}/c/${id}`);
    await page.reload();
    await page.locator(`[data-messages="${id}"]`).waitFor();
  };
  const runs = context.quick ? 1 : openings;
  const figures: Figure[] = [];

  const opened: number[] = [];
  for (let run = 0; run < runs; run++) {
    await goTo(quiet);
    opened.push(await opening(page, channel.id));
  }
  figures.push(
    figure(
      `opening a channel of ${count.toLocaleString("en")} messages`,
      "ms",
      opened,
      atMost(300),
    ),
  );

  const loads: Load[] = [];
  for (let run = 0; run < runs; run++) {
    await goTo(channel.id);
    loads.push(await loadTimes(page));
  }
  const of = (pick: (load: (typeof loads)[number]) => number): number[] => loads.map(pick);
  figures.push(
    figure(
      "loading the page there: first paint",
      "ms",
      of((load) => load.first),
    ),
    figure(
      "loading the page there: largest paint",
      "ms",
      of((load) => load.largest),
    ),
    figure(
      "loading the page there: blocked in between",
      "ms",
      of((load) => load.blocked),
    ),
    figure(
      "loading the page there: layout shift",
      "",
      of((load) => load.shift),
    ),
  );

  context.say(`scrolling through ${count} messages`);
  figures.push(...(await scrolling(page, channel.id, count)));
  await browser.close();
  await node.stop();
  return figures;
};

async function scrolling(page: Page, channel: Id, count: number): Promise<Figure[]> {
  const began = performance.now();
  const { rows, longest, over, frames } = await scrollThrough(page, channel, stepPixels);
  const seconds = (performance.now() - began) / 1_000;
  if (rows < count) throw new Error(`only ${rows} of ${count} rows were scrolled through`);
  return [
    figure(
      `longest frame while ${rows.toLocaleString("en")} rows scroll by`,
      "ms",
      [longest],
      atMost(50),
    ),
    figure(`  of ${frames.toLocaleString("en")} frames over 50 ms`, "", [over], atMost(0)),
    figure("  the whole scroll", "s", [seconds]),
  ];
}

/** As people write: most in a line, some in several, with marks, lists and code now and then. */
async function fill({ client }: BenchNode, channel: Id, count: number): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await client.call("message.send", { channel, text: textOf(next++) });
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
}

function textOf(index: number): string {
  const line = "the beds behind the shed need water before Sunday, who has the key and the hose ";
  switch (index % 20) {
    case 3:
      return `${index} **${line}** and [a link](https://example.org/${index})\n\n- gloves\n- trolley`;
    case 11:
      return `${index} ${line}\n\n\`\`\`ts\nconst bed = plan.get(${index});\n\`\`\``;
    case 17:
      return `${index} ${line.repeat(5)}`;
    default:
      return `${index} ${line.slice(0, 10 + ((index * 7) % 60))}`;
  }
}

async function newest({ client }: BenchNode, channel: Id): Promise<{ id: Id }> {
  const { messages } = await client.call("message.list", { channel, limit: 1 });
  return messages.at(-1)!;
}
