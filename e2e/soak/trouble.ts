/** What goes wrong meanwhile: nodes are killed, stopped and cut off from each other, and come back. */
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

export function createTrouble(nodes: readonly TestNode[], random: SeededRandom): Trouble {
  const away = new Map<TestNode, PromiseWithResolvers<void>>();
  const last = nodes.at(-1)!;
  let isCut = false;

  function toggleCut(): void {
    process.kill(last.pid, "SIGUSR2");
    isCut = !isCut;
  }

  async function end(victims: readonly TestNode[], how: "kill" | "stop"): Promise<void> {
    for (const node of victims) away.set(node, Promise.withResolvers());
    await Promise.all(victims.map((node) => node[how]()));
    // A new process begins connected.
    if (victims.includes(last)) isCut = false;
  }

  async function heal(): Promise<void> {
    if (isCut) toggleCut();
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
      if (dice < 9) return (toggleCut(), "cut the connection");
      return "let all be well";
    },
    running: (node) => away.get(node)?.promise ?? Promise.resolve(),
  };
}
