/**
 * Whether one can go on writing while somebody floods: two real nodes, one of which sends as fast as it can, and the app of
 * the other in a real Chromium, where a sentence is typed key by key. At the end of the flooded channel, further up in it, and
 * in another channel. All of it runs on one machine: the nodes and the browser take processor time from each other.
 */
import { chromiumPath, hasChromium, launchChromium } from "@multichat/testing/chromium";
import type { Id } from "@multichat/client";
import { atMost, type Figure, figure } from "../figures/figure.ts";
import { percentile } from "../figures/statistics.ts";
import { browserAddress } from "../nodes/browser-address.ts";
import type { BenchNode } from "../nodes/bench-node.ts";
import { startConversation } from "../nodes/conversation.ts";
import type { Page } from "../screen/measures.ts";
import { typeUntil } from "../screen/typing.ts";
import type { Row } from "./row.ts";

const floodCount = 10_000;
const inFlight = 256;
/** Further up than what comes in could push out of sight. */
const upPixels = 2_000;
const lookMs = 250;

export const flood: Row = async (context) => {
  if (!hasChromium) {
    context.say(`there is no ${chromiumPath}: nothing of a flood is measured`);
    return [];
  }
  const count = context.quick ? 1_000 : floodCount;
  const { sender, receiver, space, channel } = await startConversation(context);
  const { channel: quiet } = await sender.client.call("channel.create", { space, name: "quiet" });
  await receiver.client.call("watch", { channels: [] });

  const browser = await launchChromium();
  const page = await (
    await browser.newContext({ viewport: { width: 1_440, height: 900 } })
  ).newPage();
  await page.goto(await browserAddress(receiver));
  const show = async (id: Id): Promise<void> => {
    await page.locator(`nav a[href$="${id}"]`).click();
    await page.locator(`[data-messages="${id}"]`).waitFor();
  };
  const figures: Figure[] = [];
  const during = async (where: string): Promise<void> => {
    context.say(`${count} messages, with the page ${where}`);
    const began = performance.now();
    const { keys, longTasks } = await typeUntil(
      page,
      arrive(sender, receiver, channel, `${where}:`, count),
    );
    const seconds = (performance.now() - began) / 1_000;
    figures.push(
      figure(
        `key until painted in a flood, ${where}: median`,
        "ms",
        [percentile(keys, 0.5)],
        atMost(50),
      ),
      figure(`  the longest of ${keys.length}`, "ms", [Math.max(...keys)], atMost(200)),
      figure("  the page's longest task", "ms", [Math.max(0, ...longTasks)], atMost(200)),
      figure("  its tasks over 50 ms, of the time", "%", [
        longTasks.reduce((sum, one) => sum + one, 0) / seconds / 10,
      ]),
      figure("  messages arriving", "per s", [count / seconds]),
    );
  };

  await show(channel);
  await during("at the end");
  await scrollUp(page, channel);
  await during("further up");
  await show(quiet.id);
  await during("elsewhere");

  await browser.close();
  await context.stopAll();
  return figures;
};

/** Resolves when the receiver holds all that was sent. */
async function arrive(
  sender: BenchNode,
  receiver: BenchNode,
  channel: Id,
  run: string,
  count: number,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count)
      await sender.client.call("message.send", { channel, text: textOf(run, next++) });
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  const { messages: sent } = await sender.client.call("message.list", { channel, limit: 1 });
  for (;;) {
    const { messages } = await receiver.client.call("message.list", { channel, limit: 1 });
    if (messages[0]?.id === sent[0]!.id) return;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}

function textOf(run: string, index: number): string {
  return `${run} ${index} `.padEnd(60, "the beds behind the shed need water before Sunday ");
}

async function scrollUp(page: Page, channel: Id): Promise<void> {
  await page.locator(`[data-messages="${channel}"]`).evaluate(
    (list, by) =>
      new Promise((resolve) => {
        list.scrollTop -= by;
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      }),
    upPixels,
  );
}
