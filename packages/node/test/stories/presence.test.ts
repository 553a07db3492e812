/** Who is there: shown to whom it is to be shown, gone when it is over, and nothing to anybody else (spec/13-presence.md). */
import type { Commands, Presence, Space, Typing } from "@multichat/client/contract";
import { encodePresence, encodeTyping } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { linkDevice } from "./linked-device.ts";
import { idOf, team } from "./people.ts";
import { rawMember } from "./raw-device.ts";
import { type Person, type World, createWorld } from "./world.ts";

const minute = 60_000;

async function seenBy(who: Person, space: Space, name: string): Promise<Presence> {
  const { people } = await who.call("presence.watch", { accounts: [await idOf(who, space, name)] });
  return people[0]!;
}

async function becomes(world: World, who: Person, space: Space, name: string, state: Presence["state"], limitMs = 3_000): Promise<void> {
  await world.until(`${who.name} sees ${name} ${state}`, async () => (await seenBy(who, space, name)).state === state, limitMs);
}

function set(who: Person, change: Commands["presence.set-settings"][0]): Promise<unknown> {
  return who.call("presence.set-settings", change);
}

/** Ephemeral frames from one device to anybody, by their kinds, until the returned function is called. */
function countSaid(world: World, from: Person): () => number {
  let count = 0;
  // Frame 17 begins so: an array of five, the number.
  const stop = world.network.tap((frame, sender) => {
    if (sender === from.device && frame[0] === 0x85 && frame[1] === 17) count++;
    return frame;
  });
  return () => {
    stop();
    return count;
  };
}

async function firstChannel(who: Person, space: Space): Promise<string> {
  return (await who.call("channel.list", { space: space.id })).channels[0]!.id;
}

const lastTyping = (who: Person): Typing | undefined => who.pushes.findLast((push) => push.push === "typing")?.data as Typing | undefined;

describe("presence", () => {
  it("is online while somebody is at an interface, then away, and as chosen until its time", async () => {
    const { world, people, space } = await team(1, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    await becomes(world, bob, space, "Alice", "away");
    await alice.call("presence.active", {});
    await becomes(world, bob, space, "Alice", "online");
    await world.clock.advance(4 * minute);
    expect((await seenBy(bob, space, "Alice")).state).toBe("online");
    await becomes(world, bob, space, "Alice", "away", 2 * minute);
    await alice.call("presence.set", { state: "dnd", until: alice.clock.now() + 30 * minute });
    await becomes(world, bob, space, "Alice", "dnd");
    await alice.call("presence.active", {});
    await world.clock.advance(29 * minute);
    expect((await seenBy(bob, space, "Alice")).state).toBe("dnd");
    await becomes(world, bob, space, "Alice", "away", 2 * minute);
    expect((await alice.call("presence.get", {})).own).toMatchObject({ chosen: "online", until: 0 });
  });

  it("ends at once when a node stops, and within two minutes when it is killed or cut off", async () => {
    const { world, people, space } = await team(2, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    await alice.call("presence.active", {});
    await carol.call("presence.active", {});
    await becomes(world, bob, space, "Alice", "online");
    await becomes(world, bob, space, "Carol", "online");
    const before = bob.clock.now();
    await alice.stop();
    await becomes(world, bob, space, "Alice", "offline", 500);
    const { lastSeen } = await seenBy(bob, space, "Alice");
    expect(lastSeen).toBeGreaterThan(before - 2 * minute);
    expect(lastSeen).toBeLessThanOrEqual(bob.clock.now());
    await carol.kill();
    await becomes(world, bob, space, "Carol", "offline", 2 * minute);
    await carol.start();
    await carol.call("presence.active", {});
    await becomes(world, bob, space, "Carol", "online", minute);
    world.network.isolate(carol.device);
    await becomes(world, bob, space, "Carol", "offline", 2 * minute);
    await becomes(world, carol, space, "Bob", "offline", 2 * minute);
    world.network.heal();
    await becomes(world, bob, space, "Carol", "online", 2 * minute);
  });

  it("is one person on two devices: either active is online, and what one chose both say", async () => {
    const world = createWorld(3);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const space = await world.workspace(alice, bob);
    const phone = await linkDevice(world, alice, "Phone");
    await world.until("the phone is in the workspace", async () => (await phone.call("space.list", {})).spaces.length === 1);
    await world.until("Bob is linked with both", async () => (await bob.call("peer.list", {})).peers.filter(({ connected }) => connected).length === 2);
    await becomes(world, bob, space, "Alice", "away");
    await phone.call("presence.active", {});
    await becomes(world, bob, space, "Alice", "online");
    await becomes(world, alice, space, "Alice", "online");
    await alice.call("presence.set", { state: "dnd" });
    await becomes(world, bob, space, "Alice", "dnd");
    await world.until("the phone knows", async () => (await phone.call("presence.get", {})).own.chosen === "dnd");
    await alice.stop();
    await world.clock.advance(2 * minute);
    expect((await seenBy(bob, space, "Alice")).state).toBe("dnd");
    await phone.call("presence.set", { state: "online" });
    await becomes(world, bob, space, "Alice", "online");
  });

  it("of who is invisible nothing is sent: not that they are there, not that they write or have read", async () => {
    const { world, people, space } = await team(4, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    for (const who of people) await set(who, { receipts: true });
    await alice.call("presence.active", {});
    await becomes(world, bob, space, "Alice", "online");
    await alice.call("presence.set", { state: "invisible", status: { emoji: null, text: "Hiding", away: null, until: 0 } });
    await becomes(world, bob, space, "Alice", "offline");
    const { lastSeen } = await seenBy(bob, space, "Alice");
    const said = countSaid(world, alice);
    const { id, channel } = await bob.say(space, "Anybody there?");
    await world.until("Alice has it", async () => (await alice.read(space)).length === 1);
    await alice.call("presence.active", {});
    await alice.call("typing.set", { channel, state: "typing" });
    await alice.call("read.mark", { channel, message: id });
    await world.clock.advance(10 * minute);
    expect(said()).toBe(0);
    expect(await seenBy(bob, space, "Alice")).toEqual({ account: expect.any(String), state: "offline", lastSeen, status: null });
    expect((await bob.call("message.seen", { message: id })).seen.people).toEqual([]);
    // She sees others all the same.
    await bob.call("presence.active", {});
    await becomes(world, alice, space, "Bob", "online");
    await alice.call("presence.set", { state: "online" });
    await becomes(world, bob, space, "Alice", "online");
    await world.until("and the status follows", async () => (await seenBy(bob, space, "Alice")).status?.text === "Hiding");
  });

  it("goes to those who may see it, and to nobody else", async () => {
    const { world, people, space } = await team(5, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    await alice.call("presence.active", {});
    await becomes(world, carol, space, "Alice", "online");
    await set(alice, { people: [{ account: await idOf(alice, space, "Carol"), show: "never" }] });
    await becomes(world, carol, space, "Alice", "offline");
    expect((await seenBy(bob, space, "Alice")).state).toBe("online");
    await set(alice, { visibility: "contacts" });
    await becomes(world, bob, space, "Alice", "offline");
    await alice.call("contact.name", { account: await idOf(alice, space, "Bob"), petname: "Bobby" });
    await becomes(world, bob, space, "Alice", "online");
    await set(alice, { spaces: [{ space: space.id, visibility: "nobody" }] });
    await becomes(world, bob, space, "Alice", "offline");
    await set(alice, { visibility: "everyone", spaces: [{ space: space.id, visibility: null }], people: [{ account: await idOf(alice, space, "Carol"), show: null }] });
    await becomes(world, carol, space, "Alice", "online");
    await alice.call("contact.block", { account: await idOf(alice, space, "Carol") });
    await becomes(world, carol, space, "Alice", "offline");
    expect((await alice.call("presence.settings", {})).settings).toEqual({ visibility: "everyone", lastSeen: true, typing: true, receipts: false, spaces: [], people: [] });
  });

  it("is nothing to strangers, nor to who was removed", async () => {
    const { world, people, space } = await team(6, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    await alice.call("presence.active", {});
    await becomes(world, bob, space, "Alice", "online");
    await alice.call("member.kick", { space: space.id, account: await idOf(alice, space, "Bob") });
    await world.clock.advance(5_000);
    const said = countSaid(world, alice);
    await alice.call("presence.set", { state: "dnd" });
    await world.clock.advance(3 * minute);
    expect(said()).toBe(0);
  });

  it("remembers when somebody was last seen, unless either does not want that", async () => {
    const { world, people, space } = await team(7, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    await alice.call("presence.active", {});
    await becomes(world, bob, space, "Alice", "online");
    await alice.stop();
    await becomes(world, bob, space, "Alice", "offline");
    const { lastSeen } = await seenBy(bob, space, "Alice");
    expect(lastSeen).not.toBeNull();
    await bob.stop();
    await bob.start();
    expect((await seenBy(bob, space, "Alice")).lastSeen).toBe(lastSeen);
    await set(bob, { lastSeen: false });
    expect((await seenBy(bob, space, "Alice")).lastSeen).toBeNull();
    await set(bob, { lastSeen: true });
    await alice.start();
    await set(alice, { lastSeen: false });
    await becomes(world, bob, space, "Alice", "away", minute);
    await world.clock.advance(5_000);
    await alice.stop();
    await becomes(world, bob, space, "Alice", "offline");
    expect((await seenBy(bob, space, "Alice")).lastSeen).toBeNull();
  });

  it("a status outlives the laptop lid until its time", async () => {
    const { world, people, space } = await team(8, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const until = alice.clock.now() + 60 * minute;
    await alice.call("presence.set", { status: { emoji: "🌴", text: "On holiday", away: "Ask Bob", until } });
    await world.until("Bob has it", async () => (await seenBy(bob, space, "Alice")).status?.text === "On holiday");
    await alice.stop();
    await world.clock.advance(50 * minute);
    expect(await seenBy(bob, space, "Alice")).toMatchObject({ state: "offline", status: { emoji: "🌴", away: "Ask Bob" } });
    await world.clock.advance(11 * minute);
    expect((await seenBy(bob, space, "Alice")).status).toBeNull();
  });
});

describe("writing", () => {
  it("is shown while it goes on, and over with the message, a pause, or the node", async () => {
    const { world, people, space } = await team(11, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const channel = await firstChannel(alice, space);
    const said = countSaid(world, alice);
    const writes = async (): Promise<void> => {
      await alice.call("typing.set", { channel, state: "typing" });
      await world.clock.advance(200);
    };
    for (let i = 0; i < 100; i++) await writes();
    expect(lastTyping(bob)).toEqual({ channel, thread: null, people: [{ person: expect.objectContaining({ name: "Alice" }), recording: false }] });
    // Twenty seconds of writing.
    const frames = said();
    expect(frames).toBeGreaterThan(3);
    expect(frames).toBeLessThanOrEqual(7);
    await alice.say(space, "There it is");
    await world.until("it is over", () => lastTyping(bob)?.people.length === 0, 1_000);
    await alice.call("typing.set", { channel, state: "recording" });
    await world.until("she records", () => lastTyping(bob)?.people[0]?.recording === true, 1_000);
    await alice.call("typing.set", { channel, state: null });
    await world.until("no more", () => lastTyping(bob)?.people.length === 0, 1_000);
    await writes();
    await world.until("she writes", () => lastTyping(bob)?.people.length === 1, 1_000);
    await alice.kill();
    await world.until("nobody writes", () => lastTyping(bob)?.people.length === 0, 10_000);
  });

  it("is neither shown to others nor seen by who does not want it", async () => {
    const { world, people, space } = await team(12, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    const channel = await firstChannel(alice, space);
    await set(alice, { typing: false });
    await alice.call("typing.set", { channel, state: "typing" });
    await bob.call("typing.set", { channel, state: "typing" });
    await world.clock.advance(1_000);
    expect([lastTyping(alice), lastTyping(bob)]).toEqual([undefined, undefined]);
  });
});

describe("receipts", () => {
  it("say who has seen a message, where both want it, and are taken back", async () => {
    const { world, people, space } = await team(21, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    const first = await alice.say(space, "First");
    const second = await alice.say(space, "Second");
    await world.until("both have both", async () => (await bob.read(space)).length === 2 && (await carol.read(space)).length === 2);
    const seen = async (message: string): Promise<string[]> => (await alice.call("message.seen", { message })).seen.people.map(({ name }) => name);
    await set(bob, { receipts: true });
    await bob.call("read.mark", { channel: first.channel, message: first.id });
    await carol.call("read.mark", { channel: first.channel, message: second.id });
    await world.clock.advance(15_000);
    expect((await alice.call("message.seen", { message: first.id })).seen).toEqual({ available: false, people: [], of: 2 });
    await set(alice, { receipts: true });
    expect([await seen(first.id), await seen(second.id)]).toEqual([["Bob"], []]);
    await bob.call("read.mark", { channel: first.channel, message: second.id });
    await world.until("he read on", async () => (await seen(second.id)).length === 1, 15_000);
    // What was told is known while he is away.
    await bob.stop();
    await world.clock.advance(5 * minute);
    expect(await seen(second.id)).toEqual(["Bob"]);
    await bob.start();
    await set(bob, { receipts: false });
    await world.until("it is taken back", async () => (await seen(first.id)).length === 0, minute);
  });
});

describe("a hostile member", () => {
  it("says what nobody may believe, and in floods: others do not notice", async () => {
    const { world, people, space } = await team(31, "Alice", "Bob", "Mallory");
    const [alice, bob, mallory] = people as [Person, Person, Person];
    await world.clock.advance(1_000);
    const raw = await rawMember(world, alice, mallory, space.id);
    await raw.enter();
    alice.pushes.length = 0;
    const say = (kind: string, value: Uint8Array, ttl = 120_000): void => raw.send({ type: "ephemeral", alias: 0, kind, ttl, value });
    say("presence", new Uint8Array([0xff]));
    say("presence", new Uint8Array(1_024));
    say("typing", encodeTyping({ channel: "9".repeat(64) as never, thread: null }));
    say("later", new Uint8Array(1_024));
    await world.clock.advance(1_000);
    expect(raw.cut).toBeNull();
    expect(alice.pushes.filter(({ push }) => push === "presence" || push === "typing")).toEqual([]);
    // On and off, a thousand times a second: a bounded number is heard, and the last does not outlive its time.
    for (let i = 0; i < 5_000; i++) say("presence", encodePresence({ state: i % 2 === 0 ? "online" : "dnd", lastSeen: true }));
    await world.clock.advance(1_000);
    const heard = alice.pushes.filter(({ push }) => push === "presence").length;
    expect(heard).toBeGreaterThan(0);
    expect(heard).toBeLessThan(5);
    say("typing", encodeTyping({ channel: raw.channel, thread: null }));
    await becomes(world, alice, space, "Mallory", "offline", 2 * minute);
    expect(lastTyping(alice)?.people ?? []).toEqual([]);
    await alice.call("presence.active", {});
    await becomes(world, bob, space, "Alice", "online");
  });
});
