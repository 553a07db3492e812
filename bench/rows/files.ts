/** A file of a gigabyte: handed over to one node, fetched by another, and read from there; and what that does to their memory. */
import { randomFillSync } from "node:crypto";
import { openAsBlob } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { Client, Id } from "@multichat/client";
import { readFile, sendFile } from "@multichat/client";
import { atLeast, atMost, figure } from "../figures/figure.ts";
import type { BenchNode } from "../nodes/bench-node.ts";
import { startConversation } from "../nodes/conversation.ts";
import { residentBytes } from "../nodes/process-facts.ts";
import type { Row } from "./row.ts";

const patienceMs = 300_000;
const sampleMs = 50;

export const files: Row = async (context) => {
  const bytes = (context.quick ? 64 : 1024) * 1024 * 1024;
  const [up, across, down, grown]: number[][] = [[], [], [], []];
  const { sender, receiver, channel } = await startConversation(context);
  const peaks = watchMemory([sender, receiver]);
  for (let run = 0; run < context.runs; run++) {
    context.say(`a file of ${bytes / 1024 / 1024} MiB, ${run + 1} of ${context.runs}`);
    const path = await writeFile(join(context.folder, `file-${run}`), bytes);
    const before = peaks.now();
    const megabytesIn = (ms: number): number => bytes / 1e6 / (ms / 1000);

    const began = performance.now();
    const { blob } = await sendFile(sender.access, await openAsBlob(path));
    up!.push(megabytesIn(performance.now() - began));
    const { message } = await sender.client.call("message.send", {
      channel,
      text: "",
      files: [{ blob, name: "film.mkv", type: "video/x-matroska" }],
    });
    await named(receiver.client, message.id);

    const asked = performance.now();
    const here = isHere(receiver.client, blob);
    await receiver.client.call("file.fetch", { message: message.id, blob });
    await here;
    across!.push(megabytesIn(performance.now() - asked));

    const opened = performance.now();
    let read = 0;
    for await (const piece of await readFile(receiver.access, message.id, blob)) read += piece.length;
    if (read !== bytes) throw new Error(`${read} bytes of ${bytes} were read`);
    down!.push(megabytesIn(performance.now() - opened));
    grown!.push(...peaks.since(before));
  }
  peaks.stop();
  await context.stopAll();
  const size = `${bytes / 1024 / 1024} MiB`;
  return [
    figure(`files: ${size} from node to node`, "MB/s", across!, atLeast(50)),
    figure(`files: ${size} handed over`, "MB/s", up!, atLeast(50)),
    figure(`files: ${size} read from the node that fetched it`, "MB/s", down!, atLeast(50)),
    ...(grown!.length === 0 ? [] : [figure("files: memory that grew meanwhile", "MB", grown!, atMost(150))]),
  ];
};

/** Bytes that cannot be made smaller on the way. */
async function writeFile(path: string, bytes: number): Promise<string> {
  const block = randomFillSync(new Uint8Array(4 * 1024 * 1024));
  const file = await open(path, "w");
  for (let at = 0; at < bytes; at += block.length) {
    new DataView(block.buffer).setFloat64(0, at);
    randomFillSync(block, 8, 64);
    await file.write(block, 0, Math.min(block.length, bytes - at));
  }
  await file.close();
  return path;
}

/** The message has come. */
async function named(client: Client, message: Id): Promise<void> {
  await retried(async () => (await client.call("message.get", { message })).message.files.length > 0);
}

async function retried(work: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; ; tries++) {
    if (await work().catch(() => false)) return;
    if (tries > 200) throw new Error("the message did not come");
    await new Promise((resolve) => void setTimeout(resolve, 20));
  }
}

function isHere(client: Client, blob: Id): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the file did not come")), patienceMs);
    const stop = client.on("file", ({ blob: told, state }) => {
      if (told !== blob || state.step !== "here") return;
      clearTimeout(timer);
      stop();
      resolve();
    });
  });
}

/** The most resident memory of each node, as it is looked at several times a second. */
function watchMemory(nodes: readonly BenchNode[]) {
  const now = (): number[] => nodes.map(({ pid }) => residentBytes(pid)).filter((bytes) => bytes !== null);
  let peaks = now();
  const timer = setInterval(() => {
    peaks = now().map((bytes, i) => Math.max(bytes, peaks[i] ?? 0));
  }, sampleMs);
  return {
    now() {
      peaks = now();
      return peaks;
    },
    /** MB. */
    since: (before: readonly number[]): number[] => peaks.map((bytes, i) => (bytes - before[i]!) / 1e6),
    stop: () => clearInterval(timer),
  };
}
