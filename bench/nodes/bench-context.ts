/** What every row of the benchmark gets: a folder of its own, nodes in it, and how long to measure. */
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type BenchNode, killNodes, startNode } from "./bench-node.ts";
import { freePort } from "./counting-proxy.ts";

export interface BenchContext {
  /** How often each measurement is made. */
  runs: number;
  /** Less of everything: to see that it works, not to be compared. */
  quick: boolean;
  /** Where data folders are; on the disk that is measured. */
  folder: string;
  start(name: string, options?: { listen?: number }): Promise<BenchNode>;
  /** The libp2p port that node listened on last. */
  portOf(name: string): number;
  stopAll(): Promise<void>;
  /** Says what is being done. */
  say(text: string): void;
}

export function createBenchContext(options: {
  parent: string;
  runs: number;
  quick: boolean;
  nodeOptions: readonly string[];
  say: (text: string) => void;
}): BenchContext & { clear(): void } {
  const { parent, runs, quick, nodeOptions, say } = options;
  const folder = mkdtempSync(join(parent, "multichat-bench-"));
  const nodes = new Set<BenchNode>();
  const ports = new Map<string, number>();
  return {
    runs,
    quick,
    folder,
    say,
    async start(name, { listen } = {}) {
      const port = listen ?? (await freePort());
      ports.set(name, port);
      const node = await startNode({
        dataDir: join(folder, name),
        name,
        listen: [`/ip4/127.0.0.1/tcp/${port}`],
        nodeOptions,
      });
      nodes.add(node);
      return {
        ...node,
        stop() {
          nodes.delete(node);
          return node.stop();
        },
      };
    },
    portOf: (name) => ports.get(name)!,
    async stopAll() {
      await Promise.all([...nodes].map((node) => node.stop()));
      nodes.clear();
    },
    clear() {
      killNodes();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
