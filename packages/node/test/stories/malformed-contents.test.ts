/** What a hostile member can put into messages: nothing of it stops a node, and what can be shown is shown. */
import { contentKind } from "@multichat/core";
import { encode, encodeContent, type CborValue, type ContentKindName } from "@multichat/protocol";
import { createSeededRandom } from "@multichat/testing/random";
import { describe, expect, it } from "vitest";
import { team } from "./people.ts";
import { rawMember } from "./raw-device.ts";
import type { Person } from "./world.ts";

/** One good payload of each kind, about this message, as plain CBOR. */
function goodPayloads(target: Uint8Array): Record<ContentKindName, Map<string, CborValue>> {
  const file: CborValue = ["a.png", "image/png", 5, new Uint8Array(32).fill(1), new Map<string, CborValue>([["width", 3], ["wave", new Uint8Array(3)]])];
  const of = (entries: Record<string, CborValue>): Map<string, CborValue> => new Map(Object.entries(entries));
  const message = { text: "**x**", title: "t", tags: ["a", "b"], reply: target, files: [file] };
  return {
    message: of(message),
    reply: of({ ...message, thread: target, also: true }),
    imported: of({ ...message, author: "Ann", source: "irc" }),
    delete: of({ target }),
    edit: of({ target, text: "y" }),
    reaction: of({ target, emoji: "👍", on: true }),
    pin: of({ target, on: true }),
    poll: of({ text: "?", question: "?", options: ["a", "b"], many: false, hidden: false, closes: 0 }),
    vote: of({ target, choices: [0] }),
    list: of({ text: "l", title: "l" }),
    item: of({ target, item: "a", text: "milk", done: false, place: 1 }),
  };
}

const oddities: readonly CborValue[] = [
  null, true, 0, 2 ** 53 - 1, "", " ", "\u202e\u200b", "x".repeat(41_000), "\n\n", "__proto__", new Uint8Array(), new Uint8Array(31), [], [[[[]]]], new Map(), Array.from({ length: 30 }, (_, i) => i),
];

describe("what a hostile member writes", { timeout: 60_000 }, () => {
  it("of every kind with every field wrong is refused or shown, and harms nothing", async () => {
    const { world, people, space } = await team(1901, "Alice", "Bob", "Mallory");
    const [alice, bob, mallory] = people as [Person, Person, Person];
    const said = await alice.say(space, "what is spoken of");
    await world.agree(space, people);
    const raw = await rawMember(world, bob, mallory, space.id);
    await raw.enter();
    const random = createSeededRandom(7);
    const good = goodPayloads(Buffer.from(said.id, "hex"));
    for (const [kind, fields] of Object.entries(good)) {
      const payloads = [...fields.keys()].flatMap((key) => oddities.map((odd) => encode(new Map([...fields, [key, odd]]))));
      payloads.push(new Uint8Array(), new Uint8Array([0xff]), encode("text"), encode(fields).slice(0, -1));
      for (let i = 0; i < 20; i++) {
        const bytes = encode(fields).slice();
        bytes[random.below(bytes.length)] = random.below(256);
        payloads.push(bytes);
      }
      for (const payload of payloads) await raw.sendEvents(contentKind(kind).validate(payload).ok ? raw.event(payload, { kind }) : raw.refused(payload, kind));
    }
    await raw.sendEvents(raw.event(encodeContent("message", { text: "and a message" })));
    await world.until("Bob reads on", async () => (await bob.read(space)).includes("and a message"));
    const channel = said.channel;
    for (const reader of [alice, bob]) {
      const { messages } = await reader.call("message.list", { channel, limit: 200 });
      expect(messages.every(({ text }) => typeof text === "string")).toBe(true);
      expect(await reader.call("message.get", { message: said.id })).toMatchObject({ message: { text: "what is spoken of", edited: null } });
      for (const { id } of messages) await reader.call("message.history", { message: id });
      await reader.call("pin.list", { channel });
      await reader.call("thread.list", { space: space.id });
      await reader.call("search", { query: "" });
    }
    expect(raw.cut).toBeNull();
    await alice.say(space, "still here");
    await world.until("all goes on", async () => (await bob.read(space)).includes("still here"));
  });

  it("of a kind that nobody knows is shown as its text, as far as it has one", async () => {
    const { world, people, space } = await team(1902, "Alice", "Bob", "Mallory");
    const [, bob, mallory] = people as [Person, Person, Person];
    const raw = await rawMember(world, bob, mallory, space.id);
    await raw.enter();
    for (const text of ["a game of chess", 7, null, "x".repeat(41_000)]) await raw.sendEvents(raw.event(encode(new Map<string, CborValue>([["text", text], ["board", [1, 2]]])), { kind: "chess" }));
    await raw.sendEvents(raw.event(new Uint8Array([0xff, 0xff]), { kind: "chess" }), raw.event(new Uint8Array(), { kind: "\u202eedit" }));
    await world.until("Bob has them", async () => (await bob.read(space)).length >= 4);
    const { messages } = await bob.call("message.list", { channel: raw.channel, limit: 50 });
    expect(messages[0]).toMatchObject({ kind: "chess", known: false, text: "a game of chess" });
    expect(messages.map(({ text }) => text.length)).toEqual(expect.arrayContaining([0, 40_000]));
  });
});
