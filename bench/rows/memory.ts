/** Resident memory of a node that is connected to one other and has nothing to do. */
import { setTimeout as sleep } from "node:timers/promises";
import { atMost, figure } from "../figures/figure.ts";
import { startConversation } from "../nodes/conversation.ts";
import { residentBytes } from "../nodes/process-facts.ts";
import type { Row } from "./row.ts";

const idleMs = 30_000;

export const memory: Row = async (context) => {
  const resident: number[] = [];
  const { sender, receiver } = await startConversation(context);
  context.say("idle for 30 s");
  await sleep(context.quick ? 5_000 : idleMs);
  for (const { pid } of [sender, receiver]) {
    const bytes = residentBytes(pid);
    if (bytes !== null) resident.push(bytes / 1e6);
  }
  await context.stopAll();
  return resident.length === 0
    ? []
    : [figure("resident memory, idle with one peer", "MB", resident, atMost(180))];
};
