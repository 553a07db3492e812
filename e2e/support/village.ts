/** The nodes of one test, and the folders they live in; all gone when the test is over. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Space } from "@multichat/client";
import { type TestNode, type TestNodeOptions, startTestNode } from "./test-node.ts";

export interface Village extends AsyncDisposable {
  /** A path for a data folder that does not exist yet. */
  folder(name: string): string;
  /** A node with an account of this name, on a new folder or the one given. */
  node(name: string, dataDir?: string): Promise<TestNode>;
  /** A node that looks for others on the local network. */
  lanNode(name: string): Promise<TestNode>;
  /** A node without an account. */
  stranger(): Promise<TestNode>;
  /** The first makes a workspace and the others join it by one link; everybody is connected to everybody. */
  workspace(title: string, first: TestNode, ...others: TestNode[]): Promise<Space>;
}

export async function createVillage(): Promise<Village> {
  const root = await mkdtemp(join(tmpdir(), "multichat-e2e-"));
  const nodes: TestNode[] = [];
  const folder = (name: string): string => join(root, name);

  async function add(options: TestNodeOptions): Promise<TestNode> {
    const node = await startTestNode(options);
    nodes.push(node);
    return node;
  }

  return {
    folder,
    node: (name, dataDir = folder(name.toLowerCase())) => add({ dataDir, name }),
    lanNode: (name) => add({ dataDir: folder(name.toLowerCase()), name, lan: true }),
    stranger: () => add({ dataDir: folder(`stranger-${nodes.length}`) }),
    async workspace(title, first, ...others) {
      const space = await first.createSpace(title);
      if (others.length === 0) return space;
      const link = await first.invite(space.id);
      await Promise.all(others.map((other) => other.join(link)));
      await Promise.all(
        [first, ...others].map((node) => node.untilConnected(space.id, others.length)),
      );
      return space;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(nodes.map((node) => node.kill()));
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
