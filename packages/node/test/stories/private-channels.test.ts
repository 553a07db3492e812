/** Channels that only some members of a workspace know of (spec/11-private-spaces.md). */
import type { PrivatePlace, Space } from "@multichat/client/contract";
import { type SpaceId, decodeFrame } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { linkDevice } from "./linked-device.ts";
import { accountOf, recordFrames } from "./private-places.ts";
import { team } from "./people.ts";
import type { Person, World } from "./world.ts";

const write = (who: Person, { channel }: PrivatePlace, text: string) => who.call("message.send", { channel: channel.id, text });
const read = (who: Person, { space, channel }: PrivatePlace): Promise<string[]> => who.read(space, channel.name);
const create = (who: Person, space: Space, name: string, ...members: Person[]): Promise<PrivatePlace> =>
  who.call("private.create", { space: space.id, name, members: members.map(accountOf) });

async function spaceOf(who: Person, id: string): Promise<Space | undefined> {
  return (await who.call("space.list", {})).spaces.find((space) => space.id === id);
}

async function entered(world: World, place: PrivatePlace, ...people: Person[]): Promise<void> {
  for (const who of people) await world.until(`${who.name} is in it`, async () => (await spaceOf(who, place.space.id)) !== undefined);
}

async function office(seed: number) {
  const { world, space, people } = await team(seed, "Alice", "Bob", "Carol");
  const [alice, bob, carol] = people as [Person, Person, Person];
  return { world, team: space, alice, bob, carol };
}

const hex = (text: string): string => Buffer.from(text).toString("hex");

describe("a private channel", { timeout: 60_000 }, () => {
  it("is in the workspace of those who are in it, with unread counts and delivery marks", async () => {
    const { world, team, alice, bob } = await office(1201);
    const place = await create(alice, team, "plans", bob);
    expect(place.space).toMatchObject({ kind: "private", name: "plans", parent: { id: team.id, name: "Team" }, members: 2, people: [] });
    expect(place.channel.name).toBe("plans");
    const { message } = await write(alice, place, "between us");
    expect(message.delivery?.devices).toBe(0);
    await entered(world, place, bob);
    await world.until("Bob reads it", async () => (await read(bob, place)).includes("between us"));
    expect(await spaceOf(bob, place.space.id)).toMatchObject({ kind: "private", parent: { id: team.id, name: "Team" }, unread: 1 });
    await world.until("Alice sees that it arrived", async () => (await alice.messages(place.space, "plans"))[0]!.delivery?.devices === 1);
    await expect(create(alice, team, "plans", bob)).rejects.toMatchObject({ code: "ambiguous" });
  });

  it("is invisible to a third member: nothing of it reaches her, not even that there is something", async () => {
    const { world, team, alice, bob, carol } = await office(1202);
    await world.clock.advance(60_000);
    const idle = recordFrames(world, carol);
    const place = await create(alice, team, "secret plans", bob);
    await write(alice, place, "Carol must not know");
    await entered(world, place, bob);
    await write(bob, place, "she does not");
    await world.until("Alice reads it", async () => (await read(alice, place)).length === 2);
    await world.clock.advance(30_000);
    expect(idle()).toEqual([]);

    // What does reach her later has the same size as before, and nothing of it inside.
    const frames = recordFrames(world, carol);
    await alice.say(team, "for all");
    await carol.stop();
    await carol.start();
    await write(bob, place, "while she comes back");
    await world.until("she reads what is for all", async () => (await carol.read(team)).includes("for all"));
    await carol.say(team, "I am back");
    await world.clock.advance(60_000);
    const secrets = [place.space.id, place.channel.id, Buffer.from(alice.store.spaces().find(({ id }) => id === place.space.id)!.secret).toString("hex"), ...["secret plans", "Carol must not know", "she does not", "while she"].map(hex)];
    const events = alice.store.channelEvents(place.channel.id as never).map(({ id }) => id as string);
    const control = alice.store.channelEvents(place.space.id as never).map(({ id }) => id as string);
    expect(control.length).toBeGreaterThan(5);
    const all = frames();
    expect(all.length).toBeGreaterThan(10);
    for (const given of [...secrets, ...events, ...control]) expect(all.filter((frame) => frame.includes(given))).toEqual([]);
    const decoded = all.map((frame) => decodeFrame(Buffer.from(frame, "hex")));
    expect(decoded.flatMap((frame) => (frame.ok && frame.value.type === "tags" ? [frame.value.tags.length] : []))).toEqual([8, 8]);
    expect(decoded.filter((frame) => frame.ok && ["offer", "invited", "admission"].includes(frame.value.type))).toEqual([]);
    expect((await carol.call("space.list", {})).spaces.map(({ name }) => name)).toEqual(["Team"]);
    expect(carol.store.spaces().map(({ id }) => id)).toEqual([team.id]);
  });

  it("comes to all devices of who is let in later, with what was written before", async () => {
    const { world, team, alice, bob, carol } = await office(1203);
    const phone = await linkDevice(world, carol, "Carol's phone");
    await world.until("the phone is in the workspace", async () => (await spaceOf(phone, team.id)) !== undefined);
    const place = await create(alice, team, "plans", bob);
    await write(alice, place, "before Carol");
    await entered(world, place, bob);
    await alice.stop();
    await alice.start();
    await alice.call("private.add", { space: place.space.id, accounts: [accountOf(carol)] });
    await entered(world, place, carol, phone);
    await world.until("both have it", async () => (await read(carol, place)).length === 1 && (await read(phone, place)).length === 1);
    expect(await read(phone, place)).toEqual(["before Carol"]);
    await expect(bob.call("private.add", { space: place.space.id, accounts: [accountOf(carol)] })).rejects.toMatchObject({ code: "not-allowed" });
  });

  it("is offered by any of its members, also when its founder is away", async () => {
    const { world, team, alice, bob, carol } = await office(1204);
    await carol.stop();
    const place = await create(alice, team, "plans", bob, carol);
    await entered(world, place, bob);
    await write(alice, place, "for Carol too");
    await world.until("Bob reads it", async () => (await read(bob, place)).length === 1);
    await alice.stop();
    await carol.start();
    await entered(world, place, carol);
    await world.until("she reads it", async () => (await read(carol, place)).length === 1);
    expect(await read(carol, place)).toEqual(["for Carol too"]);
  });

  it("is left with its workspace", async () => {
    const { world, team, alice, bob } = await office(1205);
    const place = await create(alice, team, "plans", bob);
    await entered(world, place, bob);
    await bob.call("space.leave", { space: team.id });
    await world.until("Alice sees it", async () => (await alice.members(place.space)).join() === "Alice" && (await alice.members(team)).length === 2);
    expect((await bob.call("space.list", {})).spaces).toEqual([]);
  });

  it("takes the place of a channel in one step, and says what others have seen", async () => {
    const { world, team, alice, bob, carol } = await office(1206);
    const { channel } = await alice.call("channel.create", { space: team.id, name: "budget", topic: "money" });
    await alice.say(team, "seen by all", "budget");
    await world.until("Carol reads it", async () => (await carol.call("channel.list", { space: team.id })).channels.some(({ name }) => name === "budget") && (await carol.read(team, "budget")).length === 1);
    await expect(carol.call("channel.make-private", { channel: channel.id, members: [] })).rejects.toMatchObject({ code: "not-allowed" });

    const place = await alice.call("channel.make-private", { channel: channel.id, members: [accountOf(bob)] });
    expect(place.channel).toMatchObject({ name: "budget", topic: "money" });
    expect(place.notice).toContain("seen by all members already");
    await world.until("Carol sees it archived", async () => (await carol.call("channel.list", { space: team.id })).channels.find(({ name }) => name === "budget")?.archived === true);
    expect(await carol.read(team, "budget")).toEqual(["seen by all"]);
    await expect(carol.say(team, "anyone?", "budget")).rejects.toMatchObject({ code: "not-allowed" });
    await entered(world, place, bob);
    await write(bob, place, "from now on among us");
    await world.until("Alice reads it", async () => (await read(alice, place)).includes("from now on among us"));
    expect((await carol.call("space.list", {})).spaces.length).toBe(1);
  });
});

describe("a guest", { timeout: 60_000 }, () => {
  it("sees the one channel and nothing of its workspace", async () => {
    const { world, team, alice, bob } = await office(1211);
    const place = await create(alice, team, "with guests", bob);
    await entered(world, place, bob);
    const gina = await world.person("Gina");
    const { link } = await alice.call("invite.create", { space: place.space.id, role: "Guest" });
    expect((await gina.call("invite.preview", { link })).preview.space.name).toBe("with guests");
    await world.join(gina, link);
    await write(gina, place, "hello from outside");
    await world.until("Bob reads it", async () => (await read(bob, place)).includes("hello from outside"));
    const { spaces } = await gina.call("space.list", {});
    expect(spaces).toMatchObject([{ kind: "private", name: "with guests", parent: { id: team.id, name: null } }]);
    expect((await gina.call("channel.list", { space: place.space.id })).channels.map(({ name }) => name)).toEqual(["with guests"]);
    await world.clock.advance(60_000);
    expect(gina.store.spaces().map(({ id }) => id)).toEqual([place.space.id]);
    expect(await gina.members(place.space)).toEqual(["Alice", "Bob", "Gina"]);
  });

  it("learns the workspace's name only where the channel says so", async () => {
    const { world, team, alice } = await office(1212);
    const place = await alice.call("private.create", { space: team.id, name: "open house", members: [], showParent: true });
    const gina = await world.person("Gina");
    const { link } = await alice.call("invite.create", { space: place.space.id, role: "Guest" });
    await world.join(gina, link);
    expect(await spaceOf(gina, place.space.id)).toMatchObject({ parent: { id: team.id, name: "Team" } });
  });
});

describe("removed from the workspace", { timeout: 60_000 }, () => {
  it("Bob, posting into a private channel from a partition, is out of it too, for everybody alike", async () => {
    const { world, team, alice, bob, carol } = await office(1221);
    const dave = await world.person("Dave");
    await world.join(dave, await world.invite(alice, team));
    await world.agree(team, [alice, bob, carol, dave]);
    const place = await create(alice, team, "plans", bob, carol, dave);
    await entered(world, place, bob, carol, dave);
    await write(bob, place, "while he belonged");
    for (const who of [alice, carol, dave]) await world.until(`${who.name} reads it`, async () => (await read(who, place)).length === 1);
    world.network.partition([[alice.device, carol.device], [bob.device, dave.device]]);
    await world.clock.advance(15_000);
    await alice.call("member.kick", { space: team.id, account: accountOf(bob) });
    await write(bob, place, "from the partition");
    await world.until("Dave, who has not heard, reads it", async () => (await read(dave, place)).includes("from the partition"));
    await world.until("Carol knows", async () => (await carol.members(place.space)).join() === "Alice,Carol,Dave");
    world.network.heal();
    await world.until("Dave knows", async () => (await dave.members(place.space)).join() === "Alice,Carol,Dave");
    await write(alice, place, "without Bob");
    for (const who of [carol, dave]) await world.until(`${who.name} reads it`, async () => (await read(who, place)).includes("without Bob"));
    await world.clock.advance(180_000);
    for (const who of [alice, carol, dave]) expect([who.name, await read(who, place)]).toEqual([who.name, ["while he belonged", "without Bob"]]);
    expect(bob.store.timeline(place.channel.id as never, {}, 10).length).toBe(2);
    await world.agree(place.space, [alice, carol, dave]);
  });

  it("Carol's node withholds the channel from Bob before anybody senior has removed him there", async () => {
    const { world, team, alice, bob, carol } = await office(1222);
    const place = await create(bob, team, "Bob's own", carol);
    await entered(world, place, carol);
    await write(bob, place, "one");
    await world.until("Carol reads it", async () => (await read(carol, place)).length === 1);
    // Nobody in the channel is senior to its founder.
    await alice.call("member.kick", { space: team.id, account: accountOf(bob) });
    await world.until("Carol knows", async () => (await carol.members(team)).join() === "Alice,Carol");
    await world.clock.advance(10_000);
    const frames = recordFrames(world, bob);
    await write(carol, place, "not for Bob any more");
    await world.clock.advance(60_000);
    expect(frames().filter((frame) => frame.includes(hex("not for Bob")))).toEqual([]);
    expect(bob.store.timeline(place.channel.id as never, {}, 10).length).toBe(1);
    await carol.stop();
    await carol.start();
    await world.clock.advance(60_000);
    expect(bob.store.timeline(place.channel.id as never, {}, 10).length).toBe(1);
    expect(carol.store.spaces().map(({ id }) => id)).toContain(place.space.id as SpaceId);
  });

  it("nobody waits for Bob's devices with the marks of what is withheld from him", async () => {
    const { world, team, alice, bob, carol } = await office(1224);
    const dave = await world.person("Dave");
    await world.join(dave, await world.invite(alice, team));
    await world.agree(team, [alice, bob, carol, dave]);
    const place = await create(bob, team, "Bob's own", carol, dave);
    await entered(world, place, carol, dave);
    await carol.call("watch", { channels: [place.channel.id] });
    await bob.stop();
    await write(carol, place, "while Bob is off");
    const mark = async (): Promise<unknown> => (await carol.messages(place.space, "Bob's own"))[0]!.delivery;
    await world.until("Dave has it", async () => (await dave.messages(place.space, "Bob's own")).length === 1);
    await world.until("Carol waits for Bob alone", async () => JSON.stringify(await mark()) === JSON.stringify({ stored: true, devices: 1, of: 2 }));
    // Nobody in the channel is senior to its founder: he stays a member there.
    await alice.call("member.kick", { space: team.id, account: accountOf(bob) });
    const told = (): unknown => carol.pushes.flatMap((push) => (push.push === "delivery" ? push.data.updates : [])).at(-1)?.delivery;
    await world.until("Carol is told that nobody is waited for", () => JSON.stringify(told()) === JSON.stringify({ stored: true, devices: 1, of: 1 }));
    expect([await mark(), await carol.members(place.space)]).toEqual([{ stored: true, devices: 1, of: 1 }, ["Bob", "Carol", "Dave"]]);
    const { message } = await write(carol, place, "without Bob");
    expect((await carol.call("message.delivery", { message: message.id })).delivery.waiting.map(({ person }) => person.name)).toEqual(["Dave"]);
  });

  it("Bob is let in again after he is back in the workspace", async () => {
    const { world, team, alice, bob, carol } = await office(1223);
    const place = await create(alice, team, "plans", bob, carol);
    await entered(world, place, bob, carol);
    await alice.call("member.kick", { space: team.id, account: accountOf(bob) });
    await world.until("he is out", async () => (await alice.members(place.space)).join() === "Alice,Carol");
    await world.clock.advance(30_000);
    await world.join(bob, await world.invite(alice, team));
    await world.until("he is back", async () => (await alice.members(team)).includes("Bob"));
    await alice.call("private.add", { space: place.space.id, accounts: [accountOf(bob)] });
    await write(alice, place, "welcome back");
    await world.until("he reads it", async () => (await spaceOf(bob, place.space.id)) !== undefined && (await read(bob, place)).includes("welcome back"));
    await write(bob, place, "thank you");
    await world.until("Carol reads it", async () => (await read(carol, place)).includes("thank you"));
    expect(await carol.members(place.space)).toEqual(["Alice", "Bob", "Carol"]);
  });
});
