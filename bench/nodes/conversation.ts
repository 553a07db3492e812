/** Two nodes that share a workspace: founding, inviting, joining, and telling when messages have arrived. */
import type { Client, Id, Message } from "@multichat/client";
import type { BenchContext } from "./bench-context.ts";
import type { BenchNode } from "./bench-node.ts";

export interface Conversation {
  sender: BenchNode;
  receiver: BenchNode;
  space: Id;
  channel: Id;
}

export async function found(sender: BenchNode): Promise<{ space: Id; channel: Id; link: string }> {
  const { space } = await sender.client.call("space.create", { name: "Bench" });
  const { channels } = await sender.client.call("channel.list", { space: space.id });
  const { link } = await sender.client.call("invite.create", { space: space.id });
  return { space: space.id, channel: channels[0]!.id, link };
}

/** Resolves when the join is done: the joiner is a member and holds the control log. */
export async function join(client: Client, link: string): Promise<void> {
  const done = new Promise<void>((resolve, reject) => {
    client.on("join", ({ step, detail }) => {
      if (step === "done") resolve();
      if (step === "failed") reject(new Error(`the join failed: ${detail}`));
    });
  });
  const { join: started } = await client.call("join.start", { link });
  if (started.step !== "done") await done;
}

export async function startConversation(context: BenchContext): Promise<Conversation> {
  const [sender, receiver] = await Promise.all([
    context.start("sender"),
    context.start("receiver"),
  ]);
  const { space, channel, link } = await found(sender);
  await join(receiver.client, link);
  await receiver.client.call("watch", { channels: [channel] });
  return { sender, receiver, space, channel };
}

/** 200 bytes that say which message of which run they are. */
export function textOf(run: string, index: number): string {
  return `${run}:${index} `.padEnd(200, "lorem ipsum dolor sit amet ");
}

/** However busy the machine: what has not come by then does not come. */
const patienceMs = 180_000;

export interface Arrivals {
  /** These were listed, not pushed. */
  note(messages: readonly Message[]): void;
  /** When message `index` was pushed, by the clock of `performance`; null if it was not yet. */
  at(index: number): number | null;
  /** Resolves when message `index` has been pushed. */
  has(index: number): Promise<void>;
  /** Resolves when `count` different messages have been pushed. */
  all(count: number): Promise<void>;
  stop(): void;
}

/** Listens for the messages of one run. */
export function watchArrivals(client: Client, run: string): Arrivals {
  const times = new Map<number, number>();
  const waiting = new Set<{ met(): boolean; resolve(): void }>();
  const note = (messages: readonly Message[]): void => {
    const now = performance.now();
    for (const message of messages) {
      const index = indexIn(message, run);
      if (index !== null && !times.has(index)) times.set(index, now);
    }
    for (const one of waiting) {
      if (!one.met()) continue;
      waiting.delete(one);
      one.resolve();
    }
  };
  const stop = client.on("messages", ({ messages }) => note(messages));
  const until = (met: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      if (met()) return resolve();
      const timer = setTimeout(
        () => reject(new Error(`of "${run}" only ${times.size} messages arrived`)),
        patienceMs,
      );
      waiting.add({
        met,
        resolve() {
          clearTimeout(timer);
          resolve();
        },
      });
    });
  return {
    note,
    at: (index) => times.get(index) ?? null,
    has: (index) => until(() => times.has(index)),
    all: (count) => until(() => times.size >= count),
    stop,
  };
}

function indexIn({ text }: Message, run: string): number | null {
  return text.startsWith(`${run}:`) ? Number.parseInt(text.slice(run.length + 1), 10) : null;
}

/** Sends `count` messages, never more than `inFlight` of them unanswered. */
export async function sendMany(
  client: Client,
  channel: Id,
  run: string,
  count: number,
  inFlight: number,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await client.call("message.send", { channel, text: textOf(run, next++) });
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, count) }, lane));
}
