/** Logs that one person brings into a channel, also across the end of the node that is reading them. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Channel, Id, Message } from "@multichat/client";
import type { SeededRandom } from "@multichat/testing/random";
import type { TestNode } from "../support/test-node.ts";
import type { Projection } from "./projection.ts";
import { someText } from "./texts.ts";

interface Log {
  path: string;
  channel: Id;
  /** The name its lines were written under, of this log alone. */
  author: string;
  lines: number;
  /** It was answered that all of it is here. */
  done: boolean;
}

const mostLines = 60;
const lookMs = 20;

export interface Imports {
  /** Brings one log in, first that which was interrupted. False where one is under way. */
  bring(): Promise<boolean>;
  /** None of a log is missing, and none is there twice. */
  wrong(shown: Projection): string[];
}

export function createImports(deps: {
  node: TestNode;
  folder: string;
  channels: readonly Channel[];
  random: SeededRandom;
}): Imports {
  const { node, random } = deps;
  const logs: Log[] = [];
  let isUnderWay = false;

  async function written(): Promise<Log> {
    const author = `log${logs.length}`;
    const lines = 1 + random.below(mostLines);
    const began = Date.now() - 1_000_000 * random.below(1_000);
    const text = Array.from({ length: lines }, (_, i) => {
      const at = new Date(began + Math.floor(i / 3) * 1_000).toISOString();
      return `${at} <${author}> ${i} ${someText(random).split("\n")[0]}\n`;
    });
    const path = join(deps.folder, `${author}.log`);
    await writeFile(path, text.join(""));
    const log = { path, channel: random.pick(deps.channels).id, author, lines, done: false };
    logs.push(log);
    return log;
  }

  async function finish(log: Log): Promise<void> {
    const { space } = deps.channels[0]!;
    const { path, channel } = log;
    await node.call("import.start", { format: "irc", path, space, channel });
    for (;;) {
      const { import: last } = await node.call("import.get", {});
      if (last === null || last.path !== path) return;
      if (last.step === "failed") throw new Error(`${path}: ${last.detail}`);
      if (last.step === "done") log.done = true;
      if (last.step === "done" || last.step === "cancelled") return;
      await sleep(lookMs);
    }
  }

  return {
    async bring() {
      if (isUnderWay) return false;
      isUnderWay = true;
      try {
        await finish(logs.find(({ done }) => !done) ?? (await written()));
      } finally {
        isUnderWay = false;
      }
      return true;
    },
    wrong(shown) {
      const found = new Map<string, number>();
      for (const [part, text] of shown) {
        if (!part.startsWith("message ")) continue;
        const { imported } = JSON.parse(text) as Message;
        if (imported !== null) found.set(imported.author, (found.get(imported.author) ?? 0) + 1);
      }
      return logs.flatMap(({ author, lines, done }) => {
        const there = found.get(author) ?? 0;
        const isRight = done ? there === lines : there <= lines;
        return isRight ? [] : [`${there} of ${lines} lines of ${author} are here`];
      });
    },
  };
}
