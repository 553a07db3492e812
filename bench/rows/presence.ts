/** What presence costs one of a thousand members: bytes a minute, and the processor's time. */
import { createVirtualClock } from "@multichat/testing/clock";
import { createCrowd } from "../../packages/node/test/presence-crowd.ts";
import { atMost, figure } from "../figures/figure.ts";
import type { Row } from "./row.ts";

const minute = 60_000;
/** As many as stand beside a channel and its messages on a large screen. */
const looked = 30;

export const presence: Row = async (context) => {
  const size = context.quick ? 200 : 1_000;
  const minutes = 3;
  const clock = createVirtualClock();
  const people = createCrowd(clock, size);
  context.say(`${size} people look at ${looked} each`);
  for (const [i, one] of people.entries()) {
    one.active();
    one.look(Array.from({ length: looked }, (_, n) => people[(i + 1 + 13 * n) % size]!.account));
  }
  await clock.advance(minute);
  for (const one of people) Object.assign(one, { sent: 0, received: 0, shown: 0 });
  const started = performance.now();
  for (let passed = 0; passed < minutes * 12; passed++) {
    // One in fifty writes, and one in a thousand is to be seen otherwise, every five seconds.
    for (const [i, one] of people.entries()) {
      if ((i + passed) % 50 === 0) one.write();
      if ((i + passed) % 1_000 === 0) one.choose(passed % 2 === 0 ? { state: "dnd", until: 0 } : null);
      if ((i + passed) % 12 === 0) one.active();
    }
    await clock.advance(minute / 12);
  }
  const took = performance.now() - started;
  const name = size.toLocaleString("en");
  const each = (of: "sent" | "received"): number[] => people.map((one) => one[of] / minutes / 1_000);
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return [
    figure(`presence among ${name}, sent by each`, "kB/min", [mean(each("sent"))], atMost(10)),
    figure("most of any", "kB/min", [Math.max(...each("sent"))], atMost(20)),
    figure("received by each", "kB/min", [mean(each("received"))], atMost(10)),
    figure("processor's time for it", "ms/min", [took / minutes / size], atMost(60)),
  ];
};
