import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { alice, channel, makeEvents, space } from "@multichat/testing/store";
import { expect, test } from "vitest";
import { useScratch } from "../test/scratch.ts";
import { createSqliteStore } from "./index.ts";

const program = fileURLToPath(new URL("../test/stream-events.ts", import.meta.url));
const scratch = useScratch();

/** Lets a child write from `first` on, kills it after so many promises, and answers the last event it promised. */
async function writeAndKill(first: number, promises: number): Promise<number> {
  const child = spawn(
    process.execPath,
    ["--conditions=source", program, scratch.path, String(first)],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let promised = first - 1;
  let seen = 0;
  for await (const line of createInterface(child.stdout)) {
    // Lines that were already on their way when the child died are promises too.
    promised = Number(line);
    if (++seen === promises) child.kill("SIGKILL");
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  expect(child.signalCode).toBe("SIGKILL");
  return promised;
}

test(
  "everything that was promised is there after kill -9, again and again",
  { timeout: 60_000 },
  async () => {
    let next = 1;
    for (const promises of [1, 40, 300]) {
      const promised = await writeAndKill(next, promises);
      const store = createSqliteStore({ path: scratch.path });
      expect(store.check()).toBeNull();
      const [held] = store.holdings(space);
      expect(held!.ranges).toHaveLength(1);
      const [from, to] = held!.ranges[0]!;
      expect(from).toBe(1);
      expect(to).toBeGreaterThanOrEqual(promised);
      expect(store.unreadCount(channel)).toBe(to);
      expect(store.feedEvents(channel, alice, next, to, to)).toEqual(
        makeEvents(next, to).map((event) => ({ ...event, arrival: event.seq })),
      );
      store.close();
      next = to + 1;
    }
  },
);
