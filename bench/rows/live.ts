/** One sender, one receiver: from the command on the sender's socket to the push on the receiver's. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Figure, atLeast, atMost, figure } from "../figures/figure.ts";
import { percentile } from "../figures/statistics.ts";
import type { BenchContext } from "../nodes/bench-context.ts";
import {
  type Conversation,
  sendMany,
  startConversation,
  textOf,
  watchArrivals,
} from "../nodes/conversation.ts";
import { processorMs } from "../nodes/process-facts.ts";
import type { Row } from "./row.ts";

export const live: Row = async (context) => {
  const conversation = await startConversation(context);
  // The first messages find everything cold.
  await pipelined(conversation, "warm-up", context.quick ? 1_000 : 5_000);
  const figures = [
    ...(await throughput(context, conversation)),
    ...(await oneAfterAnother(context, conversation)),
    ...(await paced(context, conversation)),
  ];
  await context.stopAll();
  return figures;
};

async function throughput(context: BenchContext, conversation: Conversation): Promise<Figure[]> {
  const count = context.quick ? 2_000 : 20_000;
  const rates: number[] = [];
  const costs: { sender: number; receiver: number }[] = [];
  for (let run = 0; run < context.runs; run++) {
    context.say(`1 → 1: ${count} messages, 256 in flight`);
    const before = processorTimes(conversation);
    rates.push(count / ((await pipelined(conversation, `many-${run}`, count)) / 1_000));
    const after = processorTimes(conversation);
    if (before === null || after === null) continue;
    costs.push({
      sender: ((after.sender - before.sender) / count) * 1_000,
      receiver: ((after.receiver - before.receiver) / count) * 1_000,
    });
  }
  const figures = [figure("1 → 1, 256 commands in flight", "messages/s", rates, atLeast(3_000))];
  if (costs.length > 0) {
    figures.push(
      figure(
        "  processor time at the sender",
        "µs/message",
        costs.map(({ sender }) => sender),
      ),
    );
    figures.push(
      figure(
        "  processor time at the receiver",
        "µs/message",
        costs.map(({ receiver }) => receiver),
      ),
    );
  }
  return figures;
}

/** Ms from the first command to the last push. */
async function pipelined(
  { sender, receiver, channel }: Conversation,
  run: string,
  count: number,
  inFlight = 256,
): Promise<number> {
  const arrivals = watchArrivals(receiver.client, run);
  const began = performance.now();
  await Promise.all([sendMany(sender.client, channel, run, count, inFlight), arrivals.all(count)]);
  const took = performance.now() - began;
  arrivals.stop();
  return took;
}

function processorTimes({
  sender,
  receiver,
}: Conversation): { sender: number; receiver: number } | null {
  const [a, b] = [processorMs(sender.pid), processorMs(receiver.pid)];
  return a === null || b === null ? null : { sender: a, receiver: b };
}

/** With one command in flight; and, for comparison, with one message on its way: the next is written when the last was pushed. */
async function oneAfterAnother(
  context: BenchContext,
  conversation: Conversation,
): Promise<Figure[]> {
  const { sender, receiver, channel } = conversation;
  const count = context.quick ? 200 : 2_000;
  const answered: number[] = [];
  const arrived: number[] = [];
  for (let run = 0; run < context.runs; run++) {
    context.say(`1 → 1: ${count} messages, one after another`);
    answered.push(count / ((await pipelined(conversation, `answers-${run}`, count, 1)) / 1_000));
    const name = `arrivals-${run}`;
    const arrivals = watchArrivals(receiver.client, name);
    arrived.push(
      count /
        (await seconds(async () => {
          for (let i = 0; i < count; i++) {
            await sender.client.call("message.send", { channel, text: textOf(name, i) });
            await arrivals.has(i);
          }
        })),
    );
    arrivals.stop();
  }
  return [
    figure("1 → 1, one command after another", "messages/s", answered, atLeast(500)),
    figure("  next when the last had arrived", "messages/s", arrived),
  ];
}

async function paced(
  context: BenchContext,
  { sender, receiver, channel }: Conversation,
): Promise<Figure[]> {
  const count = context.quick ? 300 : 1_000;
  const intervalMs = 10;
  const middle: number[] = [];
  const worst: number[] = [];
  for (let run = 0; run < context.runs; run++) {
    context.say(`1 → 1: ${count} messages, 100 a second`);
    const name = `paced-${run}`;
    const arrivals = watchArrivals(receiver.client, name);
    const sent: number[] = [];
    const calls: Promise<unknown>[] = [];
    const began = performance.now();
    for (let i = 0; i < count; i++) {
      await sleep(Math.max(0, began + i * intervalMs - performance.now()));
      sent.push(performance.now());
      calls.push(sender.client.call("message.send", { channel, text: textOf(name, i) }));
    }
    await Promise.all([...calls, arrivals.all(count)]);
    const latencies = sent.map((at, i) => arrivals.at(i)! - at);
    middle.push(percentile(latencies, 0.5));
    worst.push(percentile(latencies, 0.99));
    arrivals.stop();
  }
  return [
    figure("1 → 1 at 100 a second: p50", "ms", middle, atMost(5)),
    figure("1 → 1 at 100 a second: p99", "ms", worst, atMost(20)),
  ];
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}
