/**
 * `npm run soak -- --events N --seed S`: many things of every kind are done through two real nodes, which are killed, stopped and
 * cut off from each other meanwhile; in the end both must show the same, and nothing that was answered may be lost. What is done
 * follows from the seed; what comes first on which node does not.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Channel, ClientError } from "@multichat/client";
import { createSeededRandom } from "@multichat/testing/random";
import { residentBytes } from "../../bench/nodes/process-facts.ts";
import { type TestNode, startTestNode } from "../support/test-node.ts";
import { leftBehind, lost, unread } from "./checks.ts";
import { createExpected } from "./expected.ts";
import { createImports } from "./importing.ts";
import { type Projection, differences, project } from "./projection.ts";
import { createTrouble } from "./trouble.ts";
import { type Writer, createWriter } from "./writer.ts";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "100000" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000)) },
  },
});
const wanted = Number(values.events);
/** Commands under way on each node. */
const lanes = 16;
/** Something goes wrong this often. */
const troubles = Math.min(40, Math.max(6, Math.round(wanted / 2_500)));
/** Longer than what expires by itself in a thousand events of the writers, and than a retention. */
const lastExpiryMs = 45_000;
/** Between two looks at whether both show the same, and in all while it gets no better. */
const restMs = 3_000;
const patienceMs = 30_000;

const random = createSeededRandom(values.seed);
const began = performance.now();
const say = (text: string): void =>
  void process.stdout.write(
    `${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${text}\n`,
  );

const folder = await mkdtemp(join(tmpdir(), "multichat-soak-"));
const cutFile = join(folder, "cut");
const cut = new URL(`cut.mjs?file=${encodeURIComponent(cutFile)}`, import.meta.url).href;
const start = (name: string): Promise<TestNode> =>
  startTestNode({ dataDir: join(folder, name), name, nodeOptions: [`--import=${cut}`] });
const nodes = await Promise.all([start("alice"), start("bob")]);
let problems: string[];
try {
  problems = await soak(nodes as [TestNode, TestNode]);
} finally {
  await Promise.all(nodes.map((node) => node.kill()));
  await rm(folder, { recursive: true, force: true });
}
for (const problem of problems.slice(0, 20)) say(`WRONG: ${problem}`);
say(
  problems.length === 0
    ? `seed ${values.seed}: both show the same, and nothing is lost`
    : `seed ${values.seed}: ${problems.length} things are wrong`,
);
process.exitCode = problems.length === 0 ? 0 : 1;

async function soak([alice, bob]: [TestNode, TestNode]): Promise<string[]> {
  const { space, channels } = await found(alice, bob);
  const expected = createExpected();
  const files = { bytes: 0 };
  const imports = createImports({
    node: alice,
    folder,
    channels: channels.text,
    random: random.fork("imports"),
  });
  const accounts = nodes.map(({ ready }) => ready.account!.id);
  const writers = nodes.map((node, self): [TestNode, Writer] => [
    node,
    createWriter({
      node,
      self,
      account: accounts[self]!,
      random: random.fork(node.dataDir.slice(-3)),
      expected,
      channels,
      files,
      imports,
    }),
  ]);
  say(`seed ${values.seed}: ${wanted} events through two nodes`);

  const trouble = createTrouble(nodes, random.fork("trouble"), cutFile);
  const done = new Map<string, number>();
  const refused = new Map<string, number>();
  for (let round = 1; round <= troubles; round++) {
    const goal = Math.round((wanted * round) / troubles);
    // In the middle of the round, with everything under way.
    let happened: Promise<string> | null = null;
    const from = sum(done);
    const at = from + (goal - from) * random.float();
    const over = Promise.withResolvers<void>();
    await Promise.all(
      writers.flatMap(([node, writer]) =>
        Array.from({ length: lanes }, async () => {
          while (sum(done) < goal) {
            if (sum(done) >= at) happened ??= trouble.next();
            await Promise.race([trouble.running(node), over.promise]);
            if (sum(done) < goal) await one(writer, done, refused);
          }
          over.resolve();
        }),
      ),
    );
    const what = await (happened ?? trouble.next());
    say(`${sum(done)} events, ${sizes()}; ${what}`);
  }
  await trouble.heal();
  say(`done: ${listed(done)}; ${(files.bytes / 1e6).toFixed(1)} MB of files`);
  say(`refused or not answered: ${listed(refused)}`);

  await sleep(lastExpiryMs);
  const agreed = await agreement(space, alice, bob);
  if (Array.isArray(agreed)) return agreed;
  const shown = [...agreed.keys()].filter((part) => part.startsWith("message ")).length;
  say(`both show the same: ${shown} messages in channels and threads, ${agreed.size} parts in all`);
  const wrong = [...lost(expected, agreed), ...imports.wrong(agreed)];
  for (const node of nodes) wrong.push(...(await unread(node, space)));
  for (const { stderr, dataDir } of nodes)
    if (stderr.includes("Error")) wrong.push(`${dataDir} said: ${stderr.slice(0, 2_000)}`);
  await Promise.all(nodes.map((node) => node.stop()));
  for (const { dataDir } of nodes) wrong.push(...(await leftBehind(dataDir)));
  return wrong;
}

/** One thing; what is refused, and why, is counted. */
async function one(
  writer: Writer,
  done: Map<string, number>,
  refused: Map<string, number>,
): Promise<void> {
  try {
    const act = await writer.act();
    if (act !== null) done.set(act, (done.get(act) ?? 0) + 1);
  } catch (error) {
    const stopped = error instanceof Error && error.message.endsWith("is not running");
    if (!stopped && !(error instanceof ClientError && error.code !== "internal")) throw error;
    const why = stopped ? "not-running" : (error as ClientError).code;
    refused.set(why, (refused.get(why) ?? 0) + 1);
    if (why === "not-running") await sleep(5);
  }
}

async function found(alice: TestNode, bob: TestNode) {
  const { id: space } = await alice.createSpace("Soak");
  for (const [name, type] of [
    ["busy", "text"],
    ["quiet", "text"],
    ["topics", "forum"],
    ["short", "text"],
  ] as const)
    await alice.call("channel.create", { space, name, type });
  const { roles } = await alice.call("role.list", { space });
  await alice.call("role.set", { space, role: roles.at(-1)!.id, on: ["pin", "mention-everyone"] });
  await bob.join(await alice.invite(space));
  await Promise.all([alice, bob].map((node) => node.untilConnected(space, 1)));
  const { channels } = await alice.call("channel.list", { space });
  const named = (...names: string[]): Channel[] =>
    channels.filter(({ name }) => names.includes(name));
  await alice.call("channel.retention", { channel: named("short")[0]!.id, seconds: 30 });
  return {
    space,
    channels: {
      text: named("general", "busy", "quiet"),
      forum: named("topics"),
      short: named("short"),
    },
  };
}

/** What both show; if they do not come to show the same, what is different. */
async function agreement(
  space: string,
  alice: TestNode,
  bob: TestNode,
): Promise<Projection | string[]> {
  let patience = patienceMs;
  for (let last = Number.POSITIVE_INFINITY; ;) {
    const [one, other] = await Promise.all([project(alice, space), project(bob, space)]);
    const found = differences(one, other);
    if (found.length === 0) return one;
    say(`not the same yet: ${found.length} parts, among them ${found[0]}`);
    if (found.length >= last && (patience -= restMs) < 0) return found;
    last = Math.min(last, found.length);
    await sleep(restMs);
  }
}

function sizes(): string {
  return nodes.map(({ pid }) => `${((residentBytes(pid) ?? 0) / 1e6).toFixed(0)} MB`).join(" and ");
}

function sum(counts: Map<string, number>): number {
  let all = 0;
  for (const count of counts.values()) all += count;
  return all;
}

function listed(counts: Map<string, number>): string {
  return [...counts].map(([what, count]) => `${count} ${what}`).join(", ");
}
