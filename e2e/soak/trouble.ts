/** What goes wrong meanwhile: nodes are killed, stopped and cut off from each other, and come back. */
import { rmSync, writeFileSync } from "node:fs";
import type { SeededRandom } from "@multichat/testing/random";
import type { TestNode } from "../support/test-node.ts";

export interface Trouble {
  /** Ends what went wrong before, and does the next. @returns what, in words */
  next(): Promise<string>;
  /** All is well from now on. */
  heal(): Promise<void>;
  /** Resolves when the node runs. */
  running(node: TestNode): Promise<void>;
}

/** @param cutFile while it is there, the last node is cut off (cut.mjs) */
export function createTrouble(
  nodes: readonly TestNode[],
  random: SeededRandom,
  cutFile: string,
): Trouble {
  const away = new Map<TestNode, PromiseWithResolvers<void>>();
  const last = nodes.at(-1)!;

  function setCut(isCut: boolean): void {
    if (isCut) writeFileSync(cutFile, "");
    else rmSync(cutFile, { force: true });
    if (!away.has(last)) process.kill(last.pid, "SIGUSR2");
  }

  async function end(victims: readonly TestNode[], how: "kill" | "stop"): Promise<void> {
    for (const node of victims) away.set(node, Promise.withResolvers());
    await Promise.all(victims.map((node) => node[how]()));
  }

  async function heal(): Promise<void> {
    setCut(false);
    for (const [node, { resolve }] of away) {
      await node.start();
      away.delete(node);
      resolve();
    }
  }

  return {
    heal,
    async next() {
      await heal();
      const victim = random.pick(nodes);
      const which = nodes.indexOf(victim) + 1;
      const dice = random.below(10);
      if (dice < 4) return (await end([victim], "kill"), `killed ${which}`);
      if (dice < 5) return (await end([victim], "stop"), `stopped ${which}`);
      if (dice < 6) return (await end(nodes, "kill"), await heal(), "killed both");
      if (dice < 9) return (setCut(true), "cut the connection");
      return "let all be well";
    },
    running: (node) => away.get(node)?.promise ?? Promise.resolve(),
  };
}
