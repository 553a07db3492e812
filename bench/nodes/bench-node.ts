/** A real node, started as people start it, and driven through its local API as any program would. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Client, type FileAccess, connect } from "@multichat/client";
import { WebSocket } from "ws";

const command = fileURLToPath(new URL("../../bin/multichat.mjs", import.meta.url));
/** As `npm start` does (scripts/runtime.mjs says why). */
const asStarted = ["--max-semi-space-size=4"];
const startTimeoutMs = 120_000;
const stopTimeoutMs = 30_000;

export interface BenchNode {
  client: Client;
  /** For what goes over HTTP. */
  access: FileAccess;
  /** The process that does the work. */
  pid: number;
  /** From the start of the process to the line that says it is ready. */
  readyMs: number;
  stop(): Promise<void>;
}

export interface StartOptions {
  dataDir: string;
  name: string;
  /** libp2p addresses to listen on. */
  listen: string[];
  /** Node's own options, such as those for profiling. */
  nodeOptions: readonly string[];
}

const running = new Set<ChildProcess>();

export async function startNode({
  dataDir,
  name,
  listen,
  nodeOptions,
}: StartOptions): Promise<BenchNode> {
  const args = [
    "start",
    "--no-open",
    "--json",
    "--no-mdns",
    "--name",
    name,
    "--data",
    dataDir,
    "--listen",
    ...listen,
  ];
  const began = performance.now();
  const child = spawn(process.execPath, [...asStarted, ...nodeOptions, command, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.add(child);
  const exited = new Promise<void>((resolve) => void child.once("exit", () => resolve()));
  void exited.then(() => running.delete(child));
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<string>((resolve, reject) => {
    lines.once("line", resolve);
    child.once("exit", (code) =>
      reject(new Error(`the node ended with ${code} before it was ready`)),
    );
    setTimeout(() => reject(new Error("the node did not get ready")), startTimeoutMs).unref();
  });
  const { api } = JSON.parse(await ready) as { api: string };
  const readyMs = performance.now() - began;
  const token = readFileSync(join(dataDir, "api-token"), "utf8").trim();
  // Who reconnected would have to watch again; that the connection breaks is not expected at all.
  const client = connect({ url: api, token, webSocket: WebSocket, reconnect: false });
  let stopping = false;
  await new Promise<void>((resolve) => {
    client.onState((state) => {
      if (state === "open") resolve();
      else if (state !== "connecting" && !stopping)
        throw new Error(`the connection to ${name} is ${state}`);
    });
  });
  return {
    client,
    access: { url: api, token },
    pid: child.pid!,
    readyMs,
    async stop() {
      stopping = true;
      client.close();
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), stopTimeoutMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** For when the benchmark is given up: nothing may stay behind. */
export function killNodes(): void {
  for (const child of running) child.kill("SIGKILL");
}
