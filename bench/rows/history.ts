/** Peers that come late: fresh ones who fetch a whole history, and one who missed ten messages of it. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Client, Id, Space } from "@multichat/client";
import { type Figure, atMost, figure } from "../figures/figure.ts";
import type { BenchContext } from "../nodes/bench-context.ts";
import type { BenchNode } from "../nodes/bench-node.ts";
import { found, join, sendMany, watchArrivals } from "../nodes/conversation.ts";
import { type CountingProxy, freePort, startCountingProxy } from "../nodes/counting-proxy.ts";
import { processorMs, residentBytes } from "../nodes/process-facts.ts";
import type { Row } from "./row.ts";

interface Sizes {
  size: number;
  allSeconds: number;
  pageSeconds: number;
}

const full: Sizes[] = [
  { size: 10_000, allSeconds: 3, pageSeconds: 1 },
  { size: 100_000, allSeconds: 30, pageSeconds: 1 },
];
const quick: Sizes[] = [{ size: 2_000, allSeconds: 3, pageSeconds: 1 }];
const missed = 10;
/** Acknowledgements and addresses still travel for this long after the last message. */
const settleMs = 2_000;

export const history: Row = async (context) => {
  const figures: Figure[] = [];
  const port = await freePort();
  const founder = await context.start("founder", { listen: port });
  const { space, channel, link } = await found(founder);
  let held = 0;
  for (const sizes of context.quick ? quick : full) {
    context.say(`writing ${sizes.size - held} messages`);
    await sendMany(founder.client, channel, `history-${sizes.size}`, sizes.size - held, 256);
    held = sizes.size;
    figures.push(...(await freshPeers(context, founder, { ...sizes, space, channel, link })));
  }
  const late = await context.start("late");
  await fetchAll(late.client, {
    link,
    space,
    channel,
    newest: await newestPage(founder.client, channel),
  });
  await Promise.all([late.stop(), founder.stop()]);
  figures.push(...(await catchUp(context, { channel, held })));
  return figures;
};

async function freshPeers(
  context: BenchContext,
  founder: BenchNode,
  of: Sizes & { space: Id; channel: Id; link: string },
): Promise<Figure[]> {
  const page: number[] = [];
  const all: number[] = [];
  const served: number[] = [];
  const taken: number[] = [];
  const resident: number[] = [];
  const newest = await newestPage(founder.client, of.channel);
  for (let run = 0; run < context.runs; run++) {
    context.say(`a fresh peer fetches ${of.size} messages`);
    const peer = await context.start(`fresh-${of.size}-${run}`);
    const before = [processorMs(founder.pid), processorMs(peer.pid)];
    const times = await fetchAll(peer.client, { ...of, newest });
    page.push(times.page);
    all.push(times.all);
    addCost(served, before[0], processorMs(founder.pid), of.size);
    addCost(taken, before[1], processorMs(peer.pid), of.size);
    const bytes = residentBytes(peer.pid);
    if (bytes !== null) resident.push(bytes / 1e6);
    const count = await countMessages(peer.client, of.channel);
    if (count !== of.size) throw new Error(`the fresh peer holds ${count} messages of ${of.size}`);
    await peer.stop();
  }
  const name = `fresh peer, ${of.size.toLocaleString("en")} messages`;
  const figures = [
    figure(`${name}: newest page`, "s", page, atMost(of.pageSeconds)),
    figure(`${name}: all`, "s", all, atMost(of.allSeconds)),
  ];
  if (taken.length > 0) {
    figures.push(figure("  processor time at the founder", "µs/message", served));
    figures.push(figure("  processor time at the fresh peer", "µs/message", taken));
    figures.push(figure("  resident memory of the fresh peer after it", "MB", resident));
  }
  return figures;
}

function addCost(
  costs: number[],
  before: number | null | undefined,
  after: number | null,
  count: number,
): void {
  if (before != null && after !== null) costs.push(((after - before) / count) * 1_000);
}

/** Seconds from the command that joins to the newest page being held, and to everything being held. */
async function fetchAll(
  client: Client,
  {
    link,
    space,
    channel,
    newest,
  }: { link: string; space: Id; channel: Id; newest: ReadonlySet<Id> },
): Promise<{ page: number; all: number }> {
  const began = performance.now();
  const since = (): number => (performance.now() - began) / 1_000;
  const complete = new Promise<number>((resolve) => {
    client.on("space", (found: Space) => {
      const { missing, syncedAt } = found.connection;
      if (found.id === space && missing === 0 && syncedAt !== null) resolve(since());
    });
  });
  const lacking = new Set(newest);
  const pageHeld = Promise.withResolvers<number>();
  const note = (messages: readonly { id: Id }[]): void => {
    for (const { id } of messages) lacking.delete(id);
    if (lacking.size === 0) pageHeld.resolve(since());
  };
  client.on("messages", ({ messages }) => note(messages));
  let watching = false;
  client.on("join", ({ step }) => {
    if (watching || (step !== "fetching" && step !== "done")) return;
    watching = true;
    void client.call("watch", { channels: [channel] });
    void client.call("message.list", { channel }).then(({ messages }) => note(messages));
  });
  await join(client, link);
  return { page: await pageHeld.promise, all: await complete };
}

async function newestPage(client: Client, channel: Id): Promise<Set<Id>> {
  const { messages } = await client.call("message.list", { channel });
  return new Set(messages.map(({ id }) => id));
}

async function countMessages(client: Client, channel: Id): Promise<number> {
  const ids = new Set<Id>();
  let before: string | undefined;
  for (;;) {
    const { messages, hasOlder } = await client.call("message.list", {
      channel,
      limit: 200,
      ...(before === undefined ? {} : { before }),
    });
    for (const { id } of messages) ids.add(id);
    if (!hasOlder) return ids.size;
    before = messages[0]!.position;
  }
}

/**
 * The one who was away finds the founder where it was before, and the founder likewise; but there proxies stand now, and the nodes
 * listen elsewhere. So every byte between them is counted, handshakes and all.
 */
async function catchUp(
  context: BenchContext,
  { channel, held }: { channel: Id; held: number },
): Promise<Figure[]> {
  const bytes: number[] = [];
  const times: number[] = [];
  const starts: number[] = [];
  for (let run = 0; run < context.runs; run++) {
    context.say(`a peer that missed ${missed} of ${held} messages comes back`);
    const name = `missed-${run}`;
    const known = { founder: context.portOf("founder"), late: context.portOf("late") };
    const hidden = { founder: await freePort(), late: await freePort() };
    const founder = await context.start("founder", { listen: hidden.founder });
    starts.push(founder.readyMs / 1_000);
    await sendMany(founder.client, channel, name, missed, missed);
    const proxies: CountingProxy[] = [
      await startCountingProxy(known.founder, hidden.founder),
      await startCountingProxy(known.late, hidden.late),
    ];
    const count = (): number => proxies.reduce((sum, proxy) => sum + proxy.bytes(), 0);
    const before = count();
    const late = await context.start("late", { listen: hidden.late });
    const began = performance.now();
    const arrivals = watchArrivals(late.client, name);
    await late.client.call("watch", { channels: [channel] });
    const { messages } = await late.client.call("message.list", { channel, limit: missed });
    arrivals.note(messages);
    await arrivals.all(missed);
    times.push((performance.now() - began) / 1_000);
    await sleep(settleMs);
    bytes.push((count() - before) / 1_000);
    await Promise.all([late.stop(), founder.stop()]);
    await Promise.all(proxies.map((proxy) => proxy.stop()));
  }
  const name = `behind by ${missed} of ${held.toLocaleString("en")}`;
  return [
    figure(`${name}: bytes on the wire, both ways`, "kB", bytes, atMost(20)),
    figure(`${name}: caught up after the start`, "s", times),
    figure(`start to ready with ${held.toLocaleString("en")} messages`, "s", starts, atMost(2)),
  ];
}
