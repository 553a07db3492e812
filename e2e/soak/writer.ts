/** What one person does, at random: every kind of thing that can be done with messages, in about the proportions of a busy team. */
import type { Channel, Id, Message } from "@multichat/client";
import { sendFile } from "@multichat/client";
import type { SeededRandom } from "@multichat/testing/random";
import type { TestNode } from "../support/test-node.ts";
import type { Expected, Written } from "./expected.ts";
import type { Imports } from "./importing.ts";
import { expiringMark, someText, words } from "./texts.ts";

export interface Writer {
  /** Does one thing. Rejects as the command does. @returns what it was; null if there was nothing to do it to */
  act(): Promise<string | null>;
}

const emoji = "👍 🎉 ❤ 😂 🙏 🔥 👀 ✅ ❌ 🚀 💯 🤔 😢 🥳 👏 🙈 ☕ 🌍 🐛 📌 🧪 ⏰ 🍀 🎈".split(" ");
const longestExpiryMs = 20_000;

/** Of a thousand. */
const weights: [act: string, weight: number][] = [
  ["message", 380],
  ["quote", 60],
  ["thread", 120],
  ["edit", 90],
  ["delete", 25],
  ["reaction", 140],
  ["pin", 15],
  ["poll", 8],
  ["vote", 50],
  ["list", 6],
  ["item", 50],
  ["expiring", 25],
  ["forward", 12],
  ["topic", 12],
  ["file", 3],
  ["retention", 1],
  ["channel topic", 1],
  ["import", 3],
  ["own", 2],
];
const sum = weights.reduce((all, [, weight]) => all + weight, 0);

export function createWriter(deps: {
  node: TestNode;
  /** By number: 0 may delete what others wrote. */
  self: number;
  account: Id;
  random: SeededRandom;
  expected: Expected;
  channels: Record<"text" | "forum" | "short", Channel[]>;
  files: { bytes: number };
  imports: Pick<Imports, "bring">;
}): Writer {
  const { node, self, account, random, expected, channels } = deps;
  const text = (): string => someText(random);

  function pickAct(): string {
    let left = random.below(sum);
    for (const [act, weight] of weights) if ((left -= weight) < 0) return act;
    throw new RangeError("the weights do not add up");
  }

  /** Mostly one of the newest. */
  function pick(fits: (one: Written) => boolean): Written | null {
    const { written } = expected;
    for (let tries = 0; tries < 20 && written.length > 0; tries++) {
      const reach = random.chance(0.7) ? Math.min(300, written.length) : written.length;
      const one = written[written.length - 1 - random.below(reach)]!;
      if (fits(one) && !expected.deleted.has(one.id)) return one;
    }
    return null;
  }

  function note(message: Message, more: Partial<Written> = {}): void {
    const { id, channel } = message;
    expected.add({ id, channel, kind: "message", by: self, thread: null, expires: false, ...more });
    expected.say(`text ${id}`, message.text);
  }

  /** Does something to a slot, and takes it back from what is expected if it may not have been done. */
  async function setting(
    slot: string,
    value: unknown,
    work: () => Promise<unknown>,
  ): Promise<void> {
    const said = expected.say(slot, value);
    try {
      await work();
    } catch (error) {
      said.failed();
      throw error;
    }
  }

  const acts: Record<string, () => Promise<boolean>> = {
    async message() {
      const channel = random.pick(random.chance(0.05) ? channels.short : channels.text);
      const written = text();
      const { message } = await node.call("message.send", { channel: channel.id, text: written });
      note(message, { expires: channels.short.includes(channel) });
      return true;
    },
    async quote() {
      const to = pick((one) => one.thread === null);
      if (to === null) return false;
      const { message } = await node.call("message.send", {
        channel: to.channel,
        text: text(),
        reply: to.id,
      });
      note(message, { expires: channels.short.some(({ id }) => id === to.channel) });
      return true;
    },
    async thread() {
      const root = pick((one) => one.thread === null && !one.expires);
      if (root === null) return false;
      const also = random.chance(0.15);
      const { message } = await node.call("message.send", {
        channel: root.channel,
        text: text(),
        thread: root.id,
        ...(also && { also }),
      });
      note(message, { thread: root.id });
      return true;
    },
    async edit() {
      const one = pick(({ kind, by }) => kind === "message" && by === self);
      if (one === null) return false;
      const words = text();
      await setting(`text ${one.id}`, words, () =>
        node.call("message.edit", { message: one.id, text: words }),
      );
      return true;
    },
    async delete() {
      const one = pick(({ by }) => by === self || self === 0);
      if (one === null) return false;
      // Before it is answered: nothing else is to be expected of it from now on.
      expected.deleted.add(one.id);
      await setting(`gone ${one.id}`, true, () => node.call("message.delete", { message: one.id }));
      return true;
    },
    async reaction() {
      const one = pick(() => true);
      if (one === null) return false;
      const which = random.pick(emoji);
      const slot = `reaction ${one.id} ${account} ${which}`;
      const on = expected.value<boolean>(slot) !== true;
      await setting(slot, on, () =>
        node.call("reaction.set", { message: one.id, emoji: which, on }),
      );
      return true;
    },
    async pin() {
      const one = pick(({ thread }) => thread === null);
      if (one === null) return false;
      await node.call("pin.set", { message: one.id, on: random.chance(0.7) });
      return true;
    },
    async poll() {
      const options = Array.from(
        { length: 2 + random.below(5) },
        (_, i) => `${i} ${random.pick(words)}`,
      );
      const { message } = await node.call("content.create", {
        channel: random.pick(channels.text).id,
        kind: "poll",
        value: {
          question: `${random.pick(words)}?`,
          options,
          many: random.chance(0.4),
          hidden: random.chance(0.3),
          closes: random.chance(0.3) ? Date.now() + 1_000 * (1 + random.below(60)) : 0,
        },
      });
      note(message, { kind: "poll" });
      return true;
    },
    async vote() {
      const one = anyOf("poll");
      if (one === null) return false;
      const choices = random.chance(0.1) ? [] : [random.below(2)];
      await setting(`vote ${one.id} ${account}`, choices, () =>
        node.call("content.annotate", { message: one.id, kind: "vote", value: { choices } }),
      );
      return true;
    },
    async list() {
      const { message } = await node.call("content.create", {
        channel: random.pick(channels.text).id,
        kind: "list",
        value: { title: text().slice(0, 100) },
      });
      note(message, { kind: "list" });
      return true;
    },
    async item() {
      const one = anyOf("list");
      if (one === null) return false;
      const item = `i${random.below(30)}`;
      const value = {
        item,
        text: random.chance(0.1) ? "" : random.pick(words),
        done: random.chance(0.5),
        place: random.below(100),
      };
      await node.call("content.annotate", { message: one.id, kind: "item", value });
      return true;
    },
    async expiring() {
      const root = random.chance(0.3) ? pick((one) => one.thread === null && !one.expires) : null;
      const { message } = await node.call("message.send", {
        channel: root?.channel ?? random.pick(channels.text).id,
        text: `${expiringMark} ${text()}`,
        expiresIn: 1_000 + random.below(longestExpiryMs - 1_000),
        ...(root !== null && { thread: root.id }),
      });
      note(message, { expires: true, thread: root?.id ?? null });
      return true;
    },
    async forward() {
      const one = pick(({ kind }) => kind === "message");
      if (one === null) return false;
      const channel = random.pick(channels.text).id;
      const { message } = await node.call("message.forward", { message: one.id, channel });
      note(message, { expires: true });
      return true;
    },
    async topic() {
      const { message } = await node.call("message.send", {
        channel: random.pick(channels.forum).id,
        text: text(),
        title: `${random.pick(words)} ${random.pick(words)}`,
        ...(random.chance(0.5) && { tags: [random.pick(words)] }),
      });
      note(message);
      return true;
    },
    async file() {
      const bytes = random.bytes(1 + random.below(200_000)).slice();
      const { blob } = await sendFile(
        { url: node.ready.api, token: node.token },
        new Blob([bytes]),
      );
      const { message } = await node.call("message.send", {
        channel: random.pick(channels.text).id,
        text: text(),
        files: [{ blob, name: `${random.pick(words)}.bin`, type: "application/octet-stream" }],
      });
      deps.files.bytes += bytes.length;
      note(message);
      return true;
    },
    async retention() {
      if (self !== 0) return false;
      const seconds = random.pick([10, 20, 40, 0]);
      await node.call("channel.retention", { channel: random.pick(channels.short).id, seconds });
      return true;
    },
    async "channel topic"() {
      if (self !== 0) return false;
      await node.call("channel.topic", {
        channel: random.pick(channels.text).id,
        topic: text().slice(0, 80),
      });
      return true;
    },
    import: () => (self === 0 ? deps.imports.bring() : Promise.resolve(false)),
    async own() {
      const one = pick((message) => message.thread === null);
      if (one === null) return false;
      if (random.chance(0.5))
        await node.call("save.set", { message: one.id, on: random.chance(0.6) });
      else await node.call("read.mark", { channel: one.channel, message: one.id });
      return true;
    },
  };

  /** Of the kinds that are few, any. */
  function anyOf(kind: Written["kind"]): Written | null {
    const all = expected.byKind[kind].filter(({ id }) => !expected.deleted.has(id));
    return all.length === 0 ? null : random.pick(all);
  }

  return {
    async act() {
      const act = pickAct();
      return (await acts[act]!()) ? act : null;
    },
  };
}
