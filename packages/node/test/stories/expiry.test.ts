/** Messages that disappear, everywhere and for good (spec/12-content.md, Expiry). */
import type { Space } from "@multichat/client/contract";
import type { Store } from "@multichat/core/ports";
import { type ChannelId, type EventId, encodeContent } from "@multichat/protocol";
import { createMemoryStore } from "@multichat/testing/store";
import { describe, expect, it } from "vitest";
import { createMemoryVault } from "../../src/engine/vault.ts";
import { idOf, team } from "./people.ts";
import { rawMember } from "./raw-device.ts";
import { type Person, createWorld } from "./world.ts";

const hour = 60 * 60_000;

async function general(who: Person, space: Space): Promise<string> {
  return (await who.call("channel.list", { space: space.id })).channels.find(({ name }) => name === "general")!.id;
}

const payloadOf = (who: Person, id: string): Uint8Array | null => who.store.event(id as EventId)!.payload;

describe("messages that disappear", { timeout: 60_000 }, () => {
  it("one with a time is gone on every device when it is over, with what was said about it", async () => {
    const { world, people, space } = await team(1401, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const channel = await general(alice, space);
    const { message } = await alice.call("message.send", { channel, text: "for an hour", expiresIn: hour });
    await alice.call("message.edit", { message: message.id, text: "for one hour" });
    await bob.call("watch", { channels: [channel] });
    await world.agree(space, people);
    expect((await bob.messages(space))[0]!.expires).toBe(message.expires);
    const edit = bob.store.annotationsOf({ id: message.id as EventId, channel: message.channel as ChannelId }, "edit", 1)[0]!.event;
    await world.clock.advance(hour + 1_000);
    for (const who of people) {
      expect(await who.read(space)).toEqual([]);
      expect([payloadOf(who, message.id), payloadOf(who, edit)]).toEqual([null, null]);
      expect((await who.call("search", { query: "hour" })).total).toBe(0);
    }
    expect(bob.pushes.some((one) => one.push === "messages-gone" && one.data.messages.includes(message.id))).toBe(true);
    await world.agree(space, people);
    expect((await bob.call("space.list", {})).spaces[0]!.connection.missing).toBe(0);
  });

  it("what is due is shown nowhere, though much else is still to be destroyed before it", async () => {
    const { world, people, space } = await team(1410, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const channel = await general(alice, space);
    const writer = await alice.blobs.create();
    await writer.write(new Uint8Array(2_000).fill(7));
    const { blob } = (await writer.finish())!;
    const files = [{ blob, name: "plan.txt", type: "text/plain" }];
    const { message } = await alice.call("message.send", { channel, text: `secret for <@${await idOf(bob, space, "Bob")}>`, files, expiresIn: hour });
    const root = await alice.say(space, "a question");
    await alice.call("message.send", { channel, thread: root.id, text: "secret in the thread", expiresIn: hour });
    await alice.call("message.edit", { message: message.id, text: `another secret for <@${await idOf(bob, space, "Bob")}>` });
    const answer = (await alice.call("message.send", { channel, text: "an answer", reply: message.id })).message;
    await world.agree(space, people);
    await bob.call("reaction.set", { message: message.id, emoji: "👀", on: true });
    await alice.call("pin.set", { message: message.id, on: true });
    await bob.call("save.set", { message: message.id, on: true });
    await world.until("Bob has the file", () => bob.blobs.size(blob) !== null);
    await world.agree(space, people);

    const seen = async () => ({
      list: await bob.messages(space),
      thread: (await bob.call("message.list", { channel, thread: root.id })).messages,
      threads: (await bob.call("thread.list", { space: space.id })).threads,
      pins: (await bob.call("pin.list", { channel })).messages,
      saved: (await bob.call("save.list", {})).messages,
      search: await bob.call("search", { query: "secret" }),
      best: await bob.call("search", { query: "secret", relevance: true }),
      everything: await bob.call("search", { query: "" }),
      inbox: await bob.call("inbox.list", {}),
      channels: (await bob.call("channel.list", { space: space.id })).channels.filter(({ id }) => id === channel),
      spaces: (await bob.call("space.list", {})).spaces,
      unread: await bob.call("unread.get", {}),
      newest: (await bob.call("message.list", { channel, limit: 1 })).messages,
    });
    const before = await seen();
    expect(JSON.stringify(before)).toContain("another secret");
    expect([before.search.total, before.everything.total, before.inbox.unread]).toEqual([2, 4, 1]);
    expect(before.channels).toMatchObject([{ unread: 3, mentions: 1, threadsUnread: 1 }]);

    // Its purge waits for its turn.
    bob.clock.jump(hour + 1_000);
    const after = await seen();
    expect(payloadOf(bob, message.id)).not.toBeNull();
    expect(JSON.stringify(after)).not.toContain("secret");
    expect(JSON.stringify(after)).not.toContain("plan.txt");
    expect(after.list.map(({ id }) => id)).toEqual([root.id, answer.id]);
    expect([after.list[0]!.replies, after.list[1]!.reply]).toMatchObject([null, { id: message.id, text: null }]);
    expect([after.thread, after.threads, after.pins, after.saved]).toEqual([[], [], [], []]);
    expect([after.search, after.best]).toMatchObject([{ total: 0, hits: [] }, { total: 0, hits: [] }]);
    expect(after.everything.total).toBe(2);
    expect(after.inbox).toMatchObject({ items: [], unread: 0 });
    expect(after.channels).toMatchObject([{ unread: 2, mentions: 0, threadsUnread: 0 }]);
    expect([after.spaces, after.unread]).toMatchObject([[{ unread: 2 }], { total: 2, mentions: 0 }]);
    const asking = [
      () => bob.call("message.get", { message: message.id }),
      () => bob.call("message.history", { message: message.id }),
      () => bob.call("message.forward", { message: message.id, channel }),
      () => bob.call("file.get", { message: message.id, blob }),
      () => bob.call("reaction.set", { message: message.id, emoji: "🎉", on: true }),
    ];
    for (const ask of asking) await expect(ask()).rejects.toMatchObject({ code: "not-found" });
    expect(await bob.call("channel.expired", { channel })).toMatchObject({ expired: 2 });
    expect(payloadOf(bob, message.id)).not.toBeNull();

    await world.clock.advance(61_000);
    expect([payloadOf(bob, message.id), bob.blobs.size(blob)]).toEqual([null, null]);
    expect(await bob.read(space)).toEqual(["a question", "an answer"]);
    expect((await bob.call("space.list", {})).spaces).toMatchObject([{ unread: 2 }]);
  });

  it("what another retention makes due is shown from then on no more, before it was looked through", async () => {
    const world = createWorld(1411);
    const store = createMemoryStore({ random: world.random.fork("store") });
    let isHeld = false;
    const holding = {
      ...store,
      eventsBefore: (...of: Parameters<Store["eventsBefore"]>) => (isHeld ? [] : store.eventsBefore(...of)),
      purgeDue: (...of: Parameters<Store["purgeDue"]>) => (isHeld ? { events: [], shown: [], targets: [], more: true } : store.purgeDue(...of)),
    };
    const alice = await world.person("Alice", { folder: { vault: createMemoryVault(), store: holding } });
    await alice.call("account.create", { name: "Alice" });
    const space = await world.workspace(alice);
    const channel = await general(alice, space);
    const old = await alice.say(space, "old");
    await world.clock.advance(3 * hour);
    await alice.say(space, "new");
    isHeld = true;
    await alice.call("channel.retention", { channel, seconds: 2 * 3600 });
    expect(await alice.read(space)).toEqual(["new"]);
    expect((await alice.call("search", { query: "old" })).total).toBe(0);
    expect(payloadOf(alice, old.id)).not.toBeNull();
    isHeld = false;
    await world.clock.advance(1_000);
    expect(payloadOf(alice, old.id)).toBeNull();
  });

  it("a retention holds for all there is, though the node stopped while it was looked through", async () => {
    const { world, people, space } = await team(1412, "Alice");
    const alice = people[0]!;
    const channel = await general(alice, space);
    const texts = Array.from({ length: 320 }, (_, nr) => `text ${nr}`);
    await alice.sayAll(space, texts);
    await alice.call("channel.retention", { channel, seconds: 3600 });
    await alice.stop();
    await alice.start();
    expect(await alice.read(space)).not.toEqual([]);
    await world.clock.advance(2 * hour);
    expect(await alice.read(space)).toEqual([]);
    expect(alice.store.settings("expiry/")).toEqual([]);
  });

  it("who was off destroys it before showing anything, and nobody can bring it back", async () => {
    const { world, people, space } = await team(1402, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    const channel = await general(alice, space);
    const { message } = await alice.call("message.send", { channel, text: "for an hour", expiresIn: hour });
    await world.agree(space, people);
    await bob.stop();
    await carol.stop();
    await world.clock.advance(2 * hour);
    await bob.start();
    expect(await bob.read(space)).toEqual([]);
    expect(payloadOf(bob, message.id)).toBeNull();
    await carol.start();
    await alice.say(space, "afterwards");
    await world.agree(space, people);
    for (const who of people) expect(await who.read(space)).toEqual(["afterwards"]);
  });

  it("one who joins later gets what is left, and lacks nothing", async () => {
    const { world, people, space } = await team(1403, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const channel = await general(alice, space);
    const { message } = await alice.call("message.send", { channel, text: "for an hour", expiresIn: hour });
    await world.agree(space, people);
    await bob.call("reaction.set", { message: message.id, emoji: "👍", on: true });
    await alice.say(space, "for good");
    await world.agree(space, people);
    await world.clock.advance(2 * hour);
    const dan = await world.person("Dan");
    await world.join(dan, await world.invite(alice, space));
    await world.agree(space, [alice, bob, dan]);
    expect(await dan.read(space)).toEqual(["for good"]);
    expect((await dan.call("space.list", {})).spaces[0]!.connection.missing).toBe(0);
  });

  it("a channel's retention takes what is older, a longer one brings nothing back, the workspace's shorter one counts", async () => {
    const { world, people, space } = await team(1404, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const channel = await general(alice, space);
    await alice.say(space, "old");
    await world.clock.advance(3 * hour);
    await bob.say(space, "new");
    await world.agree(space, people);
    await expect(bob.call("channel.retention", { channel, seconds: 1 })).rejects.toMatchObject({ code: "not-allowed" });
    await alice.call("channel.retention", { channel, seconds: 2 * 3600 });
    await world.agree(space, people);
    await world.clock.advance(1_000);
    for (const who of people) expect(await who.read(space)).toEqual(["new"]);
    expect((await bob.call("channel.list", { space: space.id })).channels[0]!.retention).toBe(7200);
    await alice.call("channel.retention", { channel, seconds: 0 });
    await bob.say(space, "kept");
    await world.agree(space, people);
    expect(await bob.call("channel.expired", { channel })).toEqual({ expired: 1, next: null });
    await world.clock.advance(5 * hour);
    // What was written under it goes by it, however long it was in force.
    for (const who of people) expect(await who.read(space)).toEqual(["kept"]);
    await alice.call("space.retention", { space: space.id, seconds: 60 });
    await world.agree(space, people);
    await world.clock.advance(61_000);
    for (const who of people) expect(await who.read(space)).toEqual([]);
    const left = await alice.say(space, "to be deleted");
    await alice.call("message.delete", { message: left.id });
    for (const who of people) expect(await who.call("channel.expired", { channel })).toEqual({ expired: 3, next: null });
  });

  it.each([
    ["that was held", [], [0, 1, 2]],
    ["that was held, its edit first", [], [2, 1, 0]],
    ["of which the text was held but not what was said about it", [1, 2], [1, 2, 0]],
    ["that was never here", [0, 1, 2], [0, 1, 2]],
    ["that was never here, its edit first", [0, 1, 2], [2, 0, 1]],
  ])("a member who kept one %s cannot bring it back", async (_, late, order) => {
    const { world, people, space } = await team(1408, "Alice", "Mallory");
    const [alice, mallory] = people as [Person, Person];
    const raw = await rawMember(world, alice, mallory, space.id);
    await raw.enter();
    const expires = world.clock.now() + hour;
    const message = raw.message("kept in secret", { kind: "message", expires });
    const target = message.id;
    const events = [
      message,
      raw.event(encodeContent("reaction", { target, emoji: "👀", on: true }), { kind: "reaction" }),
      raw.event(encodeContent("edit", { target, text: "kept in secret too" }), { kind: "edit" }),
    ];
    for (const [at, event] of events.entries()) if (!late.includes(at)) await raw.sendEvents(event);
    expect(await alice.read(space)).toHaveLength(late.includes(0) ? 0 : 1);
    await world.clock.advance(hour + 1_000);
    for (const at of order) await raw.sendEvents(events[at]!);
    await world.clock.advance(1_000);
    expect(await alice.read(space)).toEqual([]);
    expect((await alice.call("search", { query: "secret" })).total).toBe(0);
    // The headers are taken, so that what Mallory writes next has what it follows on.
    expect(events.map(({ id }) => payloadOf(alice, id))).toEqual([null, null, null]);
    expect((await alice.call("space.list", {})).spaces[0]!.connection.missing).toBe(0);
  });

  it("who said how long messages stay, and when, is told to all members", async () => {
    const { world, people, space } = await team(1406, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const channel = await general(alice, space);
    await alice.say(space, "before");
    await world.clock.advance(1_000);
    await alice.call("channel.retention", { channel, seconds: 7 * 86_400 });
    await world.clock.advance(1_000);
    await alice.call("space.retention", { space: space.id, seconds: 30 * 86_400 });
    await bob.call("watch", { channels: [] });
    await world.clock.advance(1_000);
    await alice.say(space, "after");
    await world.agree(space, people);
    await world.clock.advance(1_000);
    const told = (await bob.call("channel.list", { space: space.id })).channels[0]!;
    expect(told.retention).toBe(7 * 86_400);
    expect(told.retentionChanges).toMatchObject([
      { of: "channel", seconds: 7 * 86_400, by: { name: "Alice" } },
      { of: "space", seconds: 30 * 86_400, by: { name: "Alice" } },
    ]);
    const positions = (await bob.messages(space)).map(({ position }) => position);
    for (const { position } of told.retentionChanges) expect([positions[0]! < position, position < positions[1]!]).toEqual([true, true]);
    const seen = (await bob.call("space.list", {})).spaces[0]!;
    expect(seen.retention).toMatchObject({ of: "space", seconds: 30 * 86_400, by: { name: "Alice" } });
    expect(bob.pushes.findLast((one) => one.push === "channel")).toMatchObject({ data: { retention: 7 * 86_400 } });
    expect(bob.pushes.filter((one) => one.push === "channel").at(-1)!.data).toMatchObject({ retentionChanges: [{}, {}] });
  });

  it("a reply that disappears is counted in its thread no longer, nor as unread", async () => {
    const { world, people, space } = await team(1407, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const channel = await general(alice, space);
    const root = await alice.say(space, "a question");
    await world.agree(space, people);
    await bob.call("watch", { channels: [channel] });
    await alice.call("message.send", { channel, thread: root.id, text: "for an hour", expiresIn: hour });
    await alice.call("message.send", { channel, text: "for an hour too", expiresIn: hour });
    await world.agree(space, people);
    expect((await bob.messages(space))[0]!.replies).toMatchObject({ replies: 1, unread: 1 });
    await world.clock.advance(hour + 1_000);
    expect((await bob.messages(space))[0]!.replies).toBeNull();
    const told = bob.pushes.filter((one) => one.push === "messages").at(-1)!.data;
    expect(told.messages).toMatchObject([{ id: root.id, replies: null }]);
    expect(bob.pushes.filter((one) => one.push === "channel").at(-1)!.data).toMatchObject({ unread: 1, threadsUnread: 0 });
  });

  it("a text that a message had for a time is found no longer when that is over", async () => {
    const { world, people, space } = await team(1409, "Alice", "Mallory");
    const [alice, mallory] = people as [Person, Person];
    const said = await mallory.say(space, "what stays");
    await world.agree(space, people);
    const raw = await rawMember(world, alice, mallory, space.id);
    await raw.enter();
    await raw.sendEvents(raw.event(encodeContent("edit", { target: said.id as EventId, text: "for an hour" }), { kind: "edit", expires: world.clock.now() + hour }));
    await world.until("Alice finds it", async () => (await alice.call("search", { query: "hour" })).total === 1);
    await world.clock.advance(hour + 1_000);
    expect(await alice.read(space)).toEqual(["what stays"]);
    expect((await alice.call("search", { query: "hour" })).total).toBe(0);
    expect((await alice.call("search", { query: "stays" })).total).toBe(1);
  });

  it("of a deleted message none of the texts it had is left", async () => {
    const { world, people, space } = await team(1405, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    const said = await alice.say(space, "one secret");
    await alice.call("message.edit", { message: said.id, text: "another secret" });
    await world.agree(space, people);
    await carol.stop();
    const edit = alice.store.annotationsOf({ id: said.id as EventId, channel: said.channel as ChannelId }, "edit", 1)[0]!.event;
    await alice.call("message.delete", { message: said.id });
    await world.agree(space, [alice, bob]);
    for (const who of [alice, bob]) expect([payloadOf(who, said.id), payloadOf(who, edit)]).toEqual([null, null]);
    const dan = await world.person("Dan");
    await world.join(dan, await world.invite(alice, space));
    await world.agree(space, [alice, bob, dan]);
    await carol.start();
    await world.agree(space, [alice, bob, carol, dan]);
    expect([payloadOf(carol, said.id), payloadOf(carol, edit), payloadOf(dan, edit)]).toEqual([null, null, null]);
  });
});
