/** The command line in this process, with what it writes kept and what it needs given. */
import { startApi } from "../../api/testing/api-harness.ts";
import type { ApiHarness } from "../../api/testing/api-harness.ts";
import { noon } from "../../api/testing/fake-values.ts";
import type { CliHost, Terminal } from "../host.ts";
import { run } from "../run.ts";
import type { StartNode } from "../start-node.ts";

export interface FakeHost extends CliHost {
  out: string;
  err: string;
  stdin: AsyncIterable<string>;
  isTerminal: boolean;
  terminal: Terminal | null;
  /** Addresses the browser was started with. */
  readonly opened: string[];
  readonly forced: number[];
  startNode: StartNode;
  interrupt(): void;
  /** Lets time pass for those who wait. */
  expire(): void;
  /** Resolves when stdout and stderr together satisfy this. */
  until(seen: (host: FakeHost) => boolean): Promise<void>;
}

export function fakeHost(): FakeHost {
  const interrupts = new Set<() => void>();
  const timers = new Set<() => void>();
  let wake = (): void => undefined;
  const host: FakeHost = {
    out: "",
    err: "",
    opened: [],
    forced: [],
    exitCode: 0,
    env: {},
    platform: "linux",
    isTerminal: false,
    terminal: null,
    stdin: stdinOf(""),
    stdout: { write: (text) => add("out", text) },
    stderr: { write: (text) => add("err", text) },
    now: () => noon,
    after(_milliseconds, task) {
      timers.add(task);
      return () => void timers.delete(task);
    },
    onInterrupt(listener) {
      interrupts.add(listener);
      wake();
      return () => void interrupts.delete(listener);
    },
    forceExit: (code) => void host.forced.push(code),
    openInBrowser(address) {
      host.opened.push(address);
      wake();
      return Promise.resolve(true);
    },
    startNode: () => Promise.reject(new Error("this test starts no node")),
    loadNode: () => Promise.resolve({ startNode: host.startNode }),
    interrupt() {
      for (const listener of interrupts) listener();
    },
    expire() {
      for (const task of timers) task();
    },
    async until(seen) {
      while (!seen(host)) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
  function add(stream: "out" | "err", text: string): void {
    host[stream] += text;
    wake();
  }
  return host;
}

export async function* stdinOf(...chunks: string[]): AsyncGenerator<string> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

export interface Outcome {
  out: string;
  err: string;
  exitCode: number;
}

export interface CliHarness extends ApiHarness {
  /** Runs one command line against the fake engine's node. */
  run(...args: string[]): Promise<Outcome>;
  /** The same with --json; the one document that came out. */
  json(...args: string[]): Promise<unknown>;
  /** The same, for a command that must fail; what it printed on stderr. */
  failure(...args: string[]): Promise<unknown>;
}

export async function startCli(): Promise<CliHarness> {
  const api = await startApi();
  const runHere = async (...args: string[]): Promise<Outcome> => {
    const host = fakeHost();
    await run([...args, "--data", api.dataDir], host);
    return { out: host.out, err: host.err, exitCode: host.exitCode };
  };
  return {
    ...api,
    get server() {
      return api.server;
    },
    run: runHere,
    async json(...args) {
      const { out, err, exitCode } = await runHere(...args, "--json");
      if (err !== "" || exitCode !== 0) throw new Error(`exit status ${exitCode}: ${err}`);
      return JSON.parse(out) as unknown;
    },
    async failure(...args) {
      const { out, err, exitCode } = await runHere(...args, "--json");
      if (out !== "" || exitCode !== 1) throw new Error(`exit status ${exitCode}, stdout: ${out}`);
      return JSON.parse(err) as unknown;
    },
  };
}
