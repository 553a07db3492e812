/** What is done with messages, between people who are together and apart (spec/12-content.md). */
import type { ListView, Message, PollView, Space } from "@multichat/client/contract";
import { type EventId, encodeContent } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { give, idOf, team } from "./people.ts";
import { rawMember } from "./raw-device.ts";
import type { Person } from "./world.ts";

async function general(who: Person, space: Space): Promise<string> {
  return (await who.call("channel.list", { space: space.id })).channels.find(({ name }) => name === "general")!.id;
}

const get = async (who: Person, message: string): Promise<Message> => (await who.call("message.get", { message })).message;

/** What there is to see of a message, without what is a matter of who looks. */
function seen({ text, edited, reactions, pinned, replies, deleted, view }: Message): object {
  return { text, edited, deleted, view: { ...view, own: null }, pinned, replies: replies?.replies ?? 0, reactions: reactions.map(({ emoji, people }) => ({ emoji, people })) };
}

describe("what is done with messages", { timeout: 60_000 }, () => {
  it("a message is edited by its author alone, and its history stays", async () => {
    const { world, people, space } = await team(1201, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const me = (await alice.call("account.get", {})).account!.id;
    const said = await alice.say(space, `frist <@${me}>`);
    await alice.call("message.edit", { message: said.id, text: "first" });
    await world.until("Bob sees it", async () => (await bob.read(space)).includes("first"));
    expect((await get(bob, said.id)).edited).not.toBeNull();
    await expect(bob.call("message.edit", { message: said.id, text: "mine" })).rejects.toMatchObject({ code: "not-allowed" });
    const { versions } = await bob.call("message.history", { message: said.id });
    expect(versions.map(({ text, mentions }) => [text, mentions.map(({ name }) => name)])).toEqual([[`frist <@${me}>`, ["Alice"]], ["first", []]]);
  });

  it("an edit of somebody else's message, written by hand, changes nothing", async () => {
    const { world, people, space } = await team(1202, "Alice", "Bob", "Mallory");
    const [alice, bob, mallory] = people as [Person, Person, Person];
    const said = await alice.say(space, "what Alice wrote");
    await world.agree(space, people);
    const raw = await rawMember(world, bob, mallory, space.id);
    await raw.enter();
    await raw.sendEvents(raw.event(encodeContent("edit", { target: said.id as EventId, text: "what Mallory wants" }), { kind: "edit" }));
    await raw.sendEvents(raw.message("and a message"));
    await world.until("Bob has both", async () => (await bob.read(space)).includes("and a message"));
    expect(await get(bob, said.id)).toMatchObject({ text: "what Alice wrote", edited: null });
  });

  it("edits, reactions, pins, votes, items and deletes of two halves come to the same, whoever hears first", async () => {
    const { world, people, space } = await team(1203, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    await give(alice, space, "Bob", "Moderator");
    const channel = await general(alice, space);
    const said = await alice.say(space, "to be spoken of");
    const gone = await alice.say(space, "to be deleted");
    const poll = (await alice.call("content.create", { channel, kind: "poll", value: { question: "When?", options: ["Now", "Later"], many: false, hidden: false, closes: 0 } })).message;
    const list = (await alice.call("content.create", { channel, kind: "list", value: { title: "To do" } })).message;
    await world.agree(space, people);
    world.network.cut(alice.device, bob.device);
    world.network.cut(alice.device, carol.device);
    await alice.call("message.edit", { message: said.id, text: "Alice's own change" });
    await alice.call("message.delete", { message: gone.id });
    for (const one of people) {
      await one.call("reaction.set", { message: said.id, emoji: "👍", on: true });
      await one.call("content.annotate", { message: poll.id, kind: "vote", value: { choices: [one === alice ? 0 : 1] } });
      await one.call("content.annotate", { message: list.id, kind: "item", value: { item: "same", text: `${one.name}'s words`, done: one === bob, place: 1 } });
      await one.call("message.send", { channel, text: `${one.name} in the thread`, thread: said.id });
      await world.clock.advance(10);
    }
    await alice.call("reaction.set", { message: said.id, emoji: "👍", on: false });
    await bob.call("pin.set", { message: said.id, on: true });
    await bob.call("reaction.set", { message: gone.id, emoji: "😢", on: true });
    world.network.heal();
    await world.agree(space, people);
    for (const { id } of [said, gone, poll, list]) {
      const views: object[] = [];
      for (const one of people) views.push(seen(await get(one, id)));
      expect(views[1]).toEqual(views[0]);
      expect(views[2]).toEqual(views[0]);
    }
    const now = await get(carol, said.id);
    expect(now).toMatchObject({ text: "Alice's own change", pinned: { by: { name: "Bob" } }, replies: { replies: 3 } });
    expect(now.reactions.map(({ emoji, people: who }) => [emoji, who.map(({ name }) => name)])).toEqual([["👍", ["Bob", "Carol"]]]);
    expect(((await get(carol, poll.id)).view as PollView).options.map(({ votes }) => votes)).toEqual([1, 2]);
    expect(((await get(carol, list.id)).view as ListView).items).toMatchObject([{ item: "same", text: "Carol's words", done: false }]);
    expect((await get(carol, gone.id)).reactions).toEqual([]);
  });

  it("who votes twice counts once, and late or impossible votes do not", async () => {
    const { world, people, space } = await team(1204, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const channel = await general(alice, space);
    const closes = world.clock.now() + 60_000;
    const poll = (await alice.call("content.create", { channel, kind: "poll", value: { question: "When?", options: ["Now", "Later"], many: false, hidden: true, closes } })).message;
    await world.agree(space, people);
    for (const choice of [0, 1]) await bob.call("content.annotate", { message: poll.id, kind: "vote", value: { choices: [choice] } });
    await expect(bob.call("content.annotate", { message: poll.id, kind: "vote", value: { choices: [0, 1] } })).rejects.toMatchObject({ message: "One option can be chosen here." });
    await expect(bob.call("content.annotate", { message: poll.id, kind: "vote", value: { choices: "all" } })).rejects.toMatchObject({ code: "bad-request" });
    await expect(bob.call("content.annotate", { message: poll.id, kind: "item", value: {} })).rejects.toMatchObject({ code: "bad-request" });
    await world.clock.advance(61_000);
    await expect(bob.call("content.annotate", { message: poll.id, kind: "vote", value: { choices: [0] } })).rejects.toMatchObject({ message: "This poll is closed." });
    await world.until("Alice counts one", async () => ((await get(alice, poll.id)).view as PollView).voters === 1);
    expect((await get(alice, poll.id)).view).toMatchObject({ closed: true, options: [{ votes: 0 }, { votes: 1 }] });
  });

  it("a thread has its own messages, unread count and read position; its replies are in the channel only if they are to be", async () => {
    const { world, people, space } = await team(1205, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const channel = await general(alice, space);
    const root = await alice.say(space, "what do you think?");
    await world.agree(space, people);
    await alice.call("watch", { channels: [], threads: [root.id] });
    alice.pushes.length = 0;
    await bob.call("message.send", { channel, text: "well", thread: root.id });
    const both = (await bob.call("message.send", { channel, text: "for all to see", thread: root.id, also: true })).message;
    await world.agree(space, people);
    expect(await alice.read(space)).toEqual(["what do you think?", "for all to see"]);
    const { messages } = await alice.call("message.list", { channel, thread: root.id });
    expect(messages.map(({ text, thread }) => [text, thread])).toEqual([["well", root.id], ["for all to see", root.id]]);
    expect(alice.pushes.flatMap((one) => (one.push === "messages" ? [[one.data.thread, one.data.messages.length]] : []))).not.toEqual([]);
    expect((await get(alice, root.id)).replies).toMatchObject({ replies: 2, unread: 2, people: [{ name: "Bob" }] });
    expect((await alice.call("channel.list", { space: space.id })).channels[0]).toMatchObject({ unread: 1, threadsUnread: 2 });
    await alice.call("read.mark", { channel, thread: root.id, message: both.id });
    expect((await get(alice, root.id)).replies).toMatchObject({ unread: 0 });
    expect((await alice.call("thread.list", { space: space.id })).threads).toMatchObject([{ root: { id: root.id }, following: true, summary: { replies: 2 } }]);
    await expect(bob.call("message.send", { channel, text: "deeper", thread: both.id })).rejects.toMatchObject({ code: "bad-request" });
    await alice.call("read.unmark", { message: messages[0]!.id });
    expect((await get(alice, root.id)).replies).toMatchObject({ unread: 2 });
  });

  it("names become mentions, by whom they are heard; everyone only from who may", async () => {
    const { world, people, space } = await team(1206, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    const said = await alice.say(space, "@Bob, and `@Carol` only as code, see #general; @everyone look");
    expect(said.text).toBe(`<@${await idOf(alice, space, "Bob")}>, and \`@Carol\` only as code, see <#${await general(alice, space)}>; <@everyone> look`);
    expect(said.mentions.map(({ kind, name }) => [kind, name])).toEqual([["person", "Bob"], ["channel", "general"], ["everyone", "everyone"]]);
    const cried = await bob.say(space, "@everyone too");
    await world.agree(space, people);
    expect(await get(carol, said.id)).toMatchObject({ mentionsYou: true });
    expect(await get(carol, cried.id)).toMatchObject({ mentionsYou: false });
    expect((await carol.call("channel.list", { space: space.id })).channels[0]).toMatchObject({ unread: 2, mentions: 1 });
  });

  it("an answer quotes by id: what is quoted changes and goes with the message itself", async () => {
    const { world, people, space } = await team(1207, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const channel = await general(alice, space);
    const said = await alice.say(space, "a secret");
    await world.agree(space, people);
    const answer = (await bob.call("message.send", { channel, text: "I know", reply: said.id })).message;
    expect(answer.reply).toMatchObject({ id: said.id, author: { name: "Alice" }, text: "a secret" });
    await alice.call("message.delete", { message: said.id });
    await world.agree(space, people);
    expect((await get(bob, answer.id)).reply).toMatchObject({ id: said.id, text: null });
    await expect(bob.call("message.send", { channel, text: "?", reply: "0".repeat(64) })).rejects.toMatchObject({ code: "not-found" });
  });

  it("a message is forwarded, saved, pinned and found again in the lists of these", async () => {
    const { world, people, space } = await team(1208, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const channel = await general(alice, space);
    const other = (await alice.call("channel.create", { space: space.id, name: "elsewhere" })).channel;
    const said = await bob.say(space, "hello @Alice");
    await world.agree(space, people);
    const { message } = await alice.call("message.forward", { message: said.id, channel: other.id });
    expect(message).toMatchObject({ text: "hello @Alice", forwarded: { by: { name: "Bob" } }, mentionsYou: false });
    await expect(bob.call("pin.set", { message: said.id, on: true })).rejects.toMatchObject({ code: "not-allowed" });
    await alice.call("pin.set", { message: said.id, on: true });
    await alice.call("save.set", { message: said.id, on: true });
    expect((await alice.call("pin.list", { channel })).messages.map(({ id }) => id)).toEqual([said.id]);
    expect((await alice.call("save.list", {})).messages).toMatchObject([{ id: said.id, saved: true }]);
    await alice.call("pin.set", { message: said.id, on: false });
    await alice.call("save.set", { message: said.id, on: false });
    expect((await alice.call("pin.list", { channel })).messages).toEqual([]);
    expect((await alice.call("save.list", {})).messages).toEqual([]);
  });

  it("what a member says who was removed meanwhile counts no more, and counts again when they are back", async () => {
    const { world, people, space } = await team(1209, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    const said = await alice.say(space, "hello");
    await world.agree(space, people);
    world.network.cut(alice.device, bob.device);
    world.network.cut(carol.device, bob.device);
    await alice.call("member.kick", { space: space.id, account: await idOf(alice, space, "Bob"), override: true });
    await world.until("Carol knows", async () => (await carol.call("member.list", { space: space.id })).members.length === 2);
    await bob.call("reaction.set", { message: said.id, emoji: "👎", on: true });
    world.network.heal();
    await world.until("Bob knows", async () => (await bob.call("space.list", {})).spaces.every(({ removed }) => removed !== null));
    expect((await get(carol, said.id)).reactions).toEqual([]);
    expect((await get(bob, said.id)).reactions).toEqual([]);
  });

  it("a message is sent when it is due, also after a restart, and kept with the reason when it cannot be", async () => {
    const { world, people, space } = await team(1210, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const channel = await general(bob, space);
    const at = world.clock.now() + 60 * 60_000;
    const { scheduled } = await bob.call("schedule.create", { channel, text: "in an hour", at });
    await bob.call("schedule.create", { channel, text: "never", at: at + 1 });
    const canceled = (await bob.call("schedule.list", {})).scheduled;
    expect(canceled.map(({ text }) => text)).toEqual(["in an hour", "never"]);
    await bob.call("schedule.cancel", { scheduled: canceled[1]!.id });
    await expect(bob.call("schedule.cancel", { scheduled: canceled[1]!.id })).rejects.toMatchObject({ code: "not-found" });
    await bob.stop();
    await world.clock.advance(2 * 60 * 60_000);
    expect(await alice.read(space)).toEqual([]);
    await bob.start();
    await world.until("it is sent", async () => (await alice.read(space)).includes("in an hour"));
    // It was to be sent when the node was off: its author reads so, and nobody else.
    expect((await bob.messages(space)).map(({ text, due }) => [text, due])).toEqual([["in an hour", at]]);
    expect((await alice.messages(space)).map(({ due }) => due)).toEqual([null]);
    await bob.call("schedule.create", { channel, text: "in time", at: world.clock.now() + 30 * 60_000 });
    await world.clock.advance(31 * 60_000);
    await world.until("that is sent too", async () => (await alice.read(space)).includes("in time"));
    expect((await bob.messages(space)).at(-1)).toMatchObject({ text: "in time", due: null });
    expect((await bob.call("schedule.list", {})).scheduled).toEqual([]);
    expect(scheduled).toMatchObject({ at, problem: null });
    await bob.call("schedule.create", { channel, text: "while muted", at: world.clock.now() + 60_000 });
    await alice.call("member.mute", { space: space.id, account: await idOf(alice, space, "Bob"), on: true });
    await world.clock.advance(2 * 60_000);
    expect((await bob.call("schedule.list", {})).scheduled).toMatchObject([{ text: "while muted", problem: "You are muted here for now." }]);
    expect(await alice.read(space)).toEqual(["in an hour", "in time"]);
    await expect(bob.call("schedule.create", { channel, text: "past", at: 1 })).rejects.toMatchObject({ code: "bad-request" });
  });
});
