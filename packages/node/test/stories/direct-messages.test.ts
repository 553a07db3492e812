/** Conversations between people, without links and without anybody else (spec/11-private-spaces.md). */
import type { PrivatePlace, Space } from "@multichat/client/contract";
import { describe, expect, it } from "vitest";
import { linkDevice } from "./linked-device.ts";
import { directChannel } from "../../src/engine/private/founding.ts";
import { accountOf, conversations, recordFrames } from "./private-places.ts";
import { type Person, type World, createWorld } from "./world.ts";

const write = (who: Person, { channel }: PrivatePlace, text: string) => who.call("message.send", { channel: channel.id, text });
const read = (who: Person, { space }: PrivatePlace): Promise<string[]> => who.read(space, directChannel);
const open = (who: Person, ...others: Person[]): Promise<PrivatePlace> => who.call("dm.open", { accounts: others.map(accountOf) });

async function team<const Names extends string[]>(world: World, ...names: Names): Promise<{ people: { [N in keyof Names]: Person }; space: Space }> {
  const people: Person[] = [];
  for (const name of names) people.push(await world.person(name));
  const space = await world.workspace(people[0]!, ...people.slice(1));
  await world.agree(space, people);
  return { people: people as { [N in keyof Names]: Person }, space };
}

describe("a conversation of two", { timeout: 60_000 }, () => {
  it("is there for both, is one however often it is opened, and counts what arrived", async () => {
    const world = createWorld(1101);
    const { people: [alice, bob] } = await team(world, "Alice", "Bob");
    const place = await open(alice, bob);
    expect(place.space).toMatchObject({ kind: "direct", name: "Bob", people: [{ name: "Bob" }], group: false, parent: null, replacedBy: null });
    const { message } = (await write(alice, place, "hello"));
    expect(message.delivery).toMatchObject({ devices: 0 });
    await world.until("Bob has it", async () => (await conversations(bob)).includes("Alice"));
    await world.until("Bob reads it", async () => (await read(bob, place)).includes("hello"));
    await write(bob, place, "hello yourself");
    await world.until("Alice reads it", async () => (await read(alice, place)).length === 2);
    await world.until("it is on Bob's device", async () => (await alice.messages(place.space, directChannel))[0]!.delivery?.devices === 1);

    expect((await open(alice, bob)).space.id).toBe(place.space.id);
    expect((await open(bob, alice)).space.id).toBe(place.space.id);
    expect((await bob.call("space.list", {})).spaces.find(({ id }) => id === place.space.id)?.unread).toBe(1);
  });

  it("reaches somebody who was away, also by way of the writer's second device", async () => {
    const world = createWorld(1102);
    const { people: [alice, bob] } = await team(world, "Alice", "Bob");
    const phone = await linkDevice(world, alice, "Alice's phone");
    await world.until("the phone is in the workspace", async () => (await phone.call("space.list", {})).spaces.length === 1);
    await world.until("Bob knows the phone", async () => (await bob.call("member.list", { space: (await bob.call("space.list", {})).spaces[0]!.id })).members.some(({ devices }) => devices === 2));
    await bob.stop();
    const place = await open(alice, bob);
    await write(alice, place, "for when you are back");
    await world.until("the phone has it", async () => (await conversations(phone)).includes("Bob") && (await read(phone, place)).length === 1);
    await alice.stop();
    await bob.start();
    await world.until("Bob has it from the phone", async () => (await conversations(bob)).includes("Alice") && (await read(bob, place)).includes("for when you are back"));
    await alice.start();
    await write(bob, place, "thanks");
    await world.until("Alice reads it", async () => (await read(alice, place)).includes("thanks"));
    expect(await bob.members(place.space)).toEqual(["Alice", "Bob"]);
  });

  // A device certified by one that is gone cannot enter any space yet (spec/04-control.md, Device).
  it("comes to all devices of the other, also when its first device is gone for good", async () => {
    const world = createWorld(1103);
    const { people: [alice, bob], space } = await team(world, "Alice", "Bob");
    const phone = await linkDevice(world, bob, "Bob's phone");
    await world.until("the phone is in the workspace", async () => (await phone.call("space.list", {})).spaces.length === 1);
    const { devices } = await phone.call("device.list", {});
    await phone.call("device.revoke", { device: devices.find((one) => !one.this)!.id, reason: "lost" });
    await world.until("Alice knows", async () => (await alice.call("member.list", { space: space.id })).members.find(({ name }) => name === "Bob")?.devices === 1);
    const place = await open(alice, bob);
    await write(alice, place, "on your phone");
    await world.until("the phone has it", async () => (await conversations(phone)).includes("Alice") && (await read(phone, place)).includes("on your phone"));
    await write(phone, place, "yes");
    await world.until("Alice reads it", async () => (await read(alice, place)).includes("yes"));
    expect((await alice.call("member.list", { space: place.space.id })).members.map(({ name, devices: count }) => [name, count])).toEqual([["Alice", 1], ["Bob", 1]]);
  });

  it("which both open at the same time becomes one, and nothing is lost", async () => {
    const world = createWorld(1104);
    const { people: [alice, bob] } = await team(world, "Alice", "Bob");
    world.network.isolate(bob.device);
    await world.clock.advance(15_000);
    const hers = await open(alice, bob);
    const his = await open(bob, alice);
    expect(his.space.id).not.toBe(hers.space.id);
    await write(alice, hers, "from Alice");
    await write(bob, his, "from Bob");
    world.network.heal();
    const [counts, other] = hers.space.id < his.space.id ? [hers, his] : [his, hers];
    await world.until("both have both", async () => (await conversations(alice)).length === 2 && (await conversations(bob)).length === 2);
    await world.until("nothing is lost", async () => {
      const texts: string[][] = [];
      for (const who of [alice, bob]) for (const place of [hers, his]) texts.push(await read(who, place));
      return JSON.stringify(texts) === JSON.stringify([["from Alice"], ["from Bob"], ["from Alice"], ["from Bob"]]);
    });
    for (const who of [alice, bob]) {
      const { spaces } = await who.call("space.list", {});
      expect(spaces.find(({ id }) => id === other.space.id)).toMatchObject({ replacedBy: counts.space.id, readOnly: expect.stringContaining("goes on in the other") });
      expect(spaces.find(({ id }) => id === counts.space.id)).toMatchObject({ replacedBy: null, readOnly: null });
      await expect(write(who, other, "too late")).rejects.toMatchObject({ code: "read-only" });
    }
    expect((await open(alice, bob)).space.id).toBe(counts.space.id);
    expect((await open(bob, alice)).space.id).toBe(counts.space.id);
    await write(alice, counts, "on we go");
    await world.until("Bob reads it", async () => (await read(bob, counts)).includes("on we go"));
  });

  it("lets neither remove the other, nor change what both are", async () => {
    const world = createWorld(1105);
    const { people: [alice, bob] } = await team(world, "Alice", "Bob");
    const place = await open(alice, bob);
    await world.until("Bob has it", async () => (await conversations(bob)).includes("Alice"));
    for (const who of [alice, bob]) {
      const { spaces } = await who.call("space.list", {});
      const { may } = spaces.find(({ id }) => id === place.space.id)!;
      expect(may).not.toContain("kick");
      expect(may).not.toContain("ban");
      expect(may).not.toContain("manage-roles");
      expect(may).toContain("send");
    }
  });

  it("that one has left, or forgotten, is over, and a new one begins when they write again", async () => {
    const world = createWorld(1106);
    const { people: [alice, bob] } = await team(world, "Alice", "Bob");
    const place = await open(alice, bob);
    await write(alice, place, "one");
    await world.until("Bob reads it", async () => (await conversations(bob)).includes("Alice") && (await read(bob, place)).includes("one"));
    await bob.call("space.leave", { space: place.space.id });
    await world.until("Alice sees that he left", async () => (await alice.call("member.list", { space: place.space.id })).members.length === 1);
    await world.clock.advance(60_000);
    expect(await conversations(bob)).toEqual([]);
    const { spaces } = await alice.call("space.list", {});
    expect(spaces.find(({ id }) => id === place.space.id)).toMatchObject({ name: "Bob", readOnly: expect.stringContaining("has left") });
    await expect(write(alice, place, "into the void")).rejects.toMatchObject({ code: "read-only" });
    const again = await open(alice, bob);
    expect(again.space.id).not.toBe(place.space.id);
    await write(alice, again, "two");
    await world.until("Bob has it", async () => (await conversations(bob)).includes("Alice") && (await read(bob, again)).includes("two"));
    await bob.call("space.forget", { space: again.space.id });
    await world.until("Alice sees that he left", async () => (await alice.call("member.list", { space: again.space.id })).members.length === 1);
    const third = await open(bob, alice);
    await write(bob, third, "three");
    await world.until("Alice reads it", async () => (await conversations(alice)).length === 3 && (await read(alice, third)).includes("three"));
    expect((await open(alice, bob)).space.id).toBe(third.space.id);
  });
});

describe("a conversation of more than two", { timeout: 60_000 }, () => {
  it("takes in another, who reads what was written before, and lets people leave", async () => {
    const world = createWorld(1111);
    const { people: [alice, bob, carol, dave] } = await team(world, "Alice", "Bob", "Carol", "Dave");
    const place = await open(alice, bob, carol);
    expect(place.space).toMatchObject({ name: "Bob, Carol", group: true });
    await write(alice, place, "the three of us");
    for (const who of [bob, carol]) await world.until(`${who.name} reads it`, async () => (await conversations(who)).length === 1 && (await read(who, place)).length === 1);

    await carol.call("dm.add", { space: place.space.id, accounts: [accountOf(dave)] });
    await world.until("Dave reads it", async () => (await conversations(dave)).length === 1 && (await read(dave, place)).includes("the three of us"));
    await write(dave, place, "the four of us");
    await world.until("Alice reads it", async () => (await read(alice, place)).includes("the four of us"));
    expect((await alice.call("space.list", {})).spaces.find(({ id }) => id === place.space.id)?.people.map(({ name }) => name)).toEqual(["Bob", "Carol", "Dave"]);
    await bob.call("space.leave", { space: place.space.id });
    await world.until("Alice sees it", async () => (await alice.members(place.space)).join() === "Alice,Carol,Dave");
    await write(dave, place, "without Bob");
    await world.until("Carol reads it", async () => (await read(carol, place)).includes("without Bob"));
    await world.clock.advance(30_000);
    expect(await conversations(bob)).toEqual([]);
  });

  it("brings together two whom a third let in at the same moment and then was gone", async () => {
    const world = createWorld(1114);
    const { people: [gus, alice, bob] } = await team(world, "Gus", "Alice", "Bob");
    for (const who of [alice, bob]) world.network.setDelay(gus.device, who.device, { latencyMs: 300, jitterMs: 0 });
    world.network.setDelay(alice.device, bob.device, { latencyMs: 3_000, jitterMs: 0 });
    await world.clock.advance(10_000);
    const place = await open(gus, alice, bob);
    const devicesOf = async (who: Person): Promise<number[]> => (await who.call("member.list", { space: place.space.id })).members.map(({ devices }) => devices);
    await world.until("both are in", async () => (await conversations(alice)).length + (await conversations(bob)).length === 2);
    await gus.kill();
    expect([await devicesOf(alice), await devicesOf(bob)]).toEqual([[1, 0, 1], [0, 1, 1]]);
    await write(alice, place, "where is he");
    await world.until("Bob reads it", async () => (await read(bob, place)).includes("where is he"));
    await write(bob, place, "he will be back");
    await world.until("Alice reads it", async () => (await read(alice, place)).includes("he will be back"));
  });

  it("is a new one when it grows out of a conversation of two", async () => {
    const world = createWorld(1112);
    const { people: [alice, bob, carol] } = await team(world, "Alice", "Bob", "Carol");
    const two = await open(alice, bob);
    await write(alice, two, "between us");
    const three = await alice.call("dm.add", { space: two.space.id, accounts: [accountOf(carol)] });
    expect(three.space.id).not.toBe(two.space.id);
    expect(three.space).toMatchObject({ group: true, name: "Bob, Carol" });
    await world.until("Carol is in it", async () => (await conversations(carol)).length === 1);
    expect(await read(carol, three)).toEqual([]);
  });

  it("is unseen by a member of the same workspace who is not in it", async () => {
    const world = createWorld(1113);
    const { people: [alice, bob, eve] } = await team(world, "Alice", "Bob", "Eve");
    await world.clock.advance(60_000);
    const frames = recordFrames(world, eve);
    const place = await open(alice, bob);
    await write(alice, place, "Eve must not know");
    await world.until("Bob reads it", async () => (await conversations(bob)).length === 1 && (await read(bob, place)).length === 1);
    await write(bob, place, "she does not");
    await world.until("Alice reads it", async () => (await read(alice, place)).length === 2);
    await world.clock.advance(30_000);
    expect(frames()).toEqual([]);
    expect(await conversations(eve)).toEqual([]);
  });
});
