/**
 * The transport on a real network, made of network namespaces: two hosts of one home find each other by multicast, move to
 * the faster of two ways, notice a cut cable and link again after it is mended. Takes about 90 s. As root:
 *
 *   node --conditions=source packages/net/test/transport/netlab-check.ts
 */
import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const lab = fileURLToPath(new URL("../../../../../shared/netlab/netlab", import.meta.url));
const prefix = "mctrans";
const env = { ...process.env, NETLAB: prefix };

interface Line {
  at: number;
  event: string;
  address?: string;
  reason?: string;
  ms?: number;
}

const netlab = (...args: string[]): void =>
  void execFileSync(lab, args, { env, stdio: ["ignore", "ignore", "pipe"] });
const ip = (...args: string[]): void =>
  void execFileSync("ip", args, { stdio: ["ignore", "ignore", "pipe"] });
const say = (text: string): void => void process.stdout.write(`${text}\n`);

class Host {
  readonly lines: Line[] = [];
  readonly name: string;
  private readonly process;
  private readonly watchers = new Set<() => void>();

  constructor(name: string, seed: number) {
    this.name = name;
    const program = fileURLToPath(new URL("netlab-host.ts", import.meta.url));
    this.process = spawn(
      lab,
      ["run", name, process.execPath, "--conditions=source", program, String(seed)],
      { env, stdio: ["ignore", "pipe", "inherit"], detached: true },
    );
    createInterface({ input: this.process.stdout }).on("line", (text) => {
      const line = JSON.parse(text) as Line;
      this.lines.push(line);
      if (process.env["VERBOSE"] !== undefined) say(`    ${name} ${text}`);
      for (const look of this.watchers) look();
    });
  }

  /** The first line after `since` that is one of these. */
  async next(since: number, matches: (line: Line) => boolean, limitMs: number): Promise<Line> {
    const find = (): Line | undefined =>
      this.lines.find((line) => line.at >= since && matches(line));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${this.name}: nothing within ${limitMs} ms`)),
        limitMs,
      );
      const look = (): void => {
        const line = find();
        if (line === undefined) return;
        clearTimeout(timer);
        this.watchers.delete(look);
        resolve(line);
      };
      this.watchers.add(look);
      look();
    });
  }

  stop(): void {
    if (this.process.pid !== undefined && this.process.exitCode === null)
      process.kill(-this.process.pid, "SIGKILL");
  }
}

const seconds = (from: number, { at }: Line): string => `${((at - from) / 1000).toFixed(1)} s`;
const now = (): number => Date.now();
const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
const isLinked = ({ event }: Line): boolean => event === "linked";
const isUnlinked = ({ event, reason }: Line): boolean =>
  event === "unlinked" && !reason!.startsWith("moved");

async function check(): Promise<void> {
  netlab("up");
  let start = now();
  const hosts = [new Host("a1", 1), new Host("a2", 2)] as const;
  const both = (
    since: number,
    matches: (line: Line) => boolean,
    limitMs: number,
  ): Promise<Line[]> => Promise.all(hosts.map((host) => host.next(since, matches, limitMs)));
  try {
    const found = await Promise.any(
      hosts.map((host) => host.next(start, ({ event }) => event === "discovered", 30_000)),
    );
    const first = await both(start, isLinked, 30_000);
    say(
      `found by multicast after ${seconds(start, found)}, linked after ${first.map((line) => seconds(start, line)).join(" and ")} over ${first[0]!.address}`,
    );

    // A second cable between the two, and the first one slow.
    ip("link", "add", "mcaux1", "type", "veth", "peer", "name", "mcaux2");
    for (const [end, host] of [
      ["mcaux1", "a1"],
      ["mcaux2", "a2"],
    ] as const) {
      ip("link", "set", end, "netns", `${prefix}-${host}`);
      const inside = ["netns", "exec", `${prefix}-${host}`, "ip"];
      ip(...inside, "addr", "add", `10.9.0.${end.at(-1)}/24`, "dev", end);
      ip(...inside, "link", "set", end, "up");
    }
    // Whoever sees the new addresses tries them; long enough for that to have been judged and tidied up.
    await pause(25_000);
    start = now();
    netlab("slow", "a2", "60", "5", "0");
    const moved = await both(
      start,
      (line) => isLinked(line) && line.address!.includes("10.9.0."),
      90_000,
    );
    const why = await hosts[0].next(start, ({ event }) => event === "unlinked", 1_000);
    say(
      `moved to the second cable ${moved.map((line) => seconds(start, line)).join(" and ")} after the first became slow (${why.reason})`,
    );
    const after = await hosts[0].next(moved[0]!.at, ({ event }) => event === "rtt", 30_000);
    say(`round trip there: ${after.ms} ms`);

    start = now();
    ip("netns", "exec", `${prefix}-a1`, "ip", "link", "del", "mcaux1");
    netlab("cut", "a2");
    const gone = await both(start, isUnlinked, 30_000);
    say(
      `cut noticed after ${gone.map((line) => seconds(start, line)).join(" and ")} (${gone.map(({ reason }) => reason).join("; ")})`,
    );

    await pause(15_000);
    start = now();
    netlab("heal", "a2");
    const again = await both(start, isLinked, 60_000);
    say(
      `linked again ${again.map((line) => seconds(start, line)).join(" and ")} after the cable was mended`,
    );
  } finally {
    for (const host of hosts) host.stop();
    netlab("down");
  }
}

if (process.getuid?.() !== 0) say("skipped: network namespaces need root");
else if (!existsSync(lab)) say("skipped: there is no network lab beside the project");
else await check();
