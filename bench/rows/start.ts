/** From the start of the process to a node that can be used. */
import { atMost, figure } from "../figures/figure.ts";
import type { Row } from "./row.ts";

export const start: Row = async (context) => {
  const first: number[] = [];
  const again: number[] = [];
  for (let run = 0; run < context.runs; run++) {
    context.say("starting a node");
    for (const times of [first, again]) {
      const node = await context.start(`start-${run}`);
      times.push(node.readyMs / 1_000);
      await node.stop();
    }
  }
  return [
    figure("start to ready, new data folder", "s", first, atMost(2)),
    figure("start to ready, again", "s", again, atMost(2)),
  ];
};
