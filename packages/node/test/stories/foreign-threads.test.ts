/** Replies whose header names a message of another channel or workspace (spec/12-content.md, Threads). */
import { type ChannelId, type EventId, encodeContent } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { team } from "./people.ts";
import { rawMember } from "./raw-device.ts";
import type { Person } from "./world.ts";

describe("a reply to what is somewhere else", { timeout: 60_000 }, () => {
  it("of another workspace is shown by itself, and harms neither the node nor the thread", async () => {
    const { world, people, space } = await team(1291, "Alice", "Mallory");
    const [alice, mallory] = people as [Person, Person];
    const other = await world.workspace(alice, mallory);
    await world.agree(other, people);
    const root = await alice.say(other, "what do you think?");
    const elsewhere = (await alice.call("channel.list", { space: other.id })).channels[0]!.id;
    await alice.call("message.send", { channel: elsewhere, text: "I think so", thread: root.id });
    const raw = await rawMember(world, alice, mallory, space.id);
    await raw.enter();
    await raw.sendEvents(raw.event(encodeContent("reply", { text: "from outside", thread: root.id as EventId }), { kind: "reply" }));
    await raw.sendEvents(raw.message("and a message"));
    await world.until("Alice has both", async () => (await alice.read(space)).includes("and a message"));
    expect(await alice.read(space)).toEqual(["from outside", "and a message"]);
    const { messages } = await alice.call("message.list", { channel: elsewhere, thread: root.id });
    expect(messages.map(({ text }) => text)).toEqual(["I think so"]);
  });

  it("of a channel where its author may not answer is not in the thread there, whichever comes first", async () => {
    const { world, people, space } = await team(1292, "Alice", "Mallory");
    const [alice, mallory] = people as [Person, Person];
    const news = (await alice.call("channel.create", { space: space.id, name: "news" })).channel.id;
    const root = (await alice.call("message.send", { channel: news, text: "only I write here" })).message;
    const answer = (await alice.call("message.send", { channel: news, text: "and answer", thread: root.id })).message;
    await world.agree(space, people);
    const raw = await rawMember(world, alice, mallory, space.id);
    const inNews = { channel: news as ChannelId, kind: "message", seq: 1, prev: "0".repeat(64) as EventId };
    const later = raw.event(encodeContent("message", { text: "comes later" }), inNews);
    await raw.enter();
    await raw.sendEvents(raw.event(encodeContent("reply", { text: "smuggled in", thread: root.id as EventId }), { kind: "reply" }));
    await raw.sendEvents(raw.event(encodeContent("reply", { text: "ahead of it", thread: later.id }), { kind: "reply" }));
    await raw.sendEvents(later);
    await world.until("Alice has all", async () => (await alice.read(space, "news")).includes("comes later"));
    const thread = async (id: string): Promise<string[]> => (await alice.call("message.list", { channel: news, thread: id })).messages.map(({ text }) => text);
    expect(await thread(root.id)).toEqual([answer.text]);
    expect(await thread(later.id)).toEqual([]);
    expect(await alice.read(space)).toEqual(["smuggled in", "ahead of it"]);
    expect((await alice.call("message.get", { message: later.id })).message.replies).toBeNull();
  });
});
