/** Removed from the workspace while in a private channel that somebody else founded (spec/11-private-spaces.md). */
import type { PrivatePlace } from "@multichat/client/contract";
import type { ChannelId } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { accountOf, recordFrames } from "./private-places.ts";
import { team } from "./people.ts";
import type { Person, World } from "./world.ts";

async function office(seed: number) {
  const { world, space, people } = await team(seed, "Alice", "Bob", "Carol", "Dave");
  const [alice, bob, carol, dave] = people as [Person, Person, Person, Person];
  return { world, team: space, alice, bob, carol, dave };
}

type Office = Awaited<ReturnType<typeof office>>;

const write = (who: Person, { channel }: PrivatePlace, text: string) => who.call("message.send", { channel: channel.id, text });
const read = (who: Person, { space, channel }: PrivatePlace): Promise<string[]> => who.read(space, channel.name);
const hex = (text: string): string => Buffer.from(text).toString("hex");

/** A private channel of the founder's, which all of them are in, with one message by Bob that all have read. */
async function channelOf({ world, team, bob }: Office, founder: Person, ...others: Person[]): Promise<PrivatePlace> {
  const place: PrivatePlace = await founder.call("private.create", { space: team.id, name: "plans", members: others.map(accountOf) });
  for (const who of others) await world.until(`${who.name} is in it`, async () => (await who.call("space.list", {})).spaces.some(({ id }) => id === place.space.id));
  await write(bob, place, "while he belonged");
  for (const who of [founder, ...others]) await world.until(`${who.name} reads it`, async () => (await read(who, place)).length === 1);
  return place;
}

/** What Bob is sent from now on, by whomever: whether these words are in it. */
function watchBob(world: World, bob: Person): (text: string) => boolean {
  const frames = recordFrames(world, bob);
  return (text) => frames().some((frame) => frame.includes(hex(text)));
}

describe("Bob, removed from the workspace, posts into a private channel from a partition", { timeout: 60_000 }, () => {
  it("of somebody who heard of it before the post: it counts for nobody, also who had read it", async () => {
    const all = await office(1241);
    const { world, team, alice, bob, carol, dave } = all;
    const place = await channelOf(all, carol, bob, dave);
    world.network.partition([[alice.device, carol.device], [bob.device, dave.device]]);
    await world.clock.advance(15_000);
    await alice.call("member.kick", { space: team.id, account: accountOf(bob) });
    await world.until("Carol's node has removed him", async () => (await carol.members(place.space)).join() === "Carol,Dave");
    await write(bob, place, "from the partition");
    await world.until("Dave reads it", async () => (await read(dave, place)).length === 2);
    const given = watchBob(world, bob);
    await write(carol, place, "from Carol");
    world.network.heal();
    await world.until("Dave knows", async () => (await dave.members(place.space)).join() === "Carol,Dave");
    await write(dave, place, "from Dave");
    for (const who of [carol, dave]) await world.until(`${who.name} has both`, async () => (await read(who, place)).length >= 3);
    await world.clock.advance(180_000);
    for (const who of [carol, dave]) expect([who.name, await read(who, place)]).toEqual([who.name, ["while he belonged", "from Carol", "from Dave"]]);
    expect([given("from Carol"), given("from Dave")]).toEqual([false, false]);
    await world.agree(place.space, [carol, dave]);
  });

  it("of somebody who heard of it after the post: it counts for all, and he gets nothing more", async () => {
    const all = await office(1242);
    const { world, team, alice, bob, carol, dave } = all;
    const place = await channelOf(all, carol, bob, dave);
    world.network.partition([[alice.device, dave.device], [bob.device, carol.device]]);
    await world.clock.advance(15_000);
    await alice.call("member.kick", { space: team.id, account: accountOf(bob) });
    await world.until("Dave knows", async () => (await dave.members(team)).join() === "Alice,Carol,Dave");
    // Dave is not senior to Bob, so he can only withhold.
    expect(await dave.members(place.space)).toEqual(["Bob", "Carol", "Dave"]);
    await write(bob, place, "from the partition");
    await world.until("Carol, who has not heard, reads it", async () => (await read(carol, place)).length === 2);
    await write(dave, place, "from Dave");
    const given = watchBob(world, bob);
    world.network.heal();
    await world.until("Carol's node has removed him", async () => (await carol.members(place.space)).join() === "Carol,Dave");
    await write(carol, place, "from Carol");
    for (const who of [carol, dave]) await world.until(`${who.name} has all`, async () => (await read(who, place)).length === 4);
    await world.clock.advance(180_000);
    for (const who of [carol, dave]) expect([who.name, (await read(who, place)).toSorted()]).toEqual([who.name, ["from Carol", "from Dave", "from the partition", "while he belonged"]]);
    expect([given("from Carol"), given("from Dave")]).toEqual([false, false]);
    await world.agree(place.space, [carol, dave]);
  });

  it("of members none of whom is senior to him: it counts, as he is a member there, and he gets nothing more", async () => {
    const all = await office(1243);
    const { world, team, alice, bob, carol, dave } = all;
    const eve = await world.person("Eve");
    await world.join(eve, await world.invite(alice, team));
    await world.agree(team, [alice, bob, carol, dave, eve]);
    const place = await channelOf(all, carol, bob, dave, eve);
    await carol.stop();
    world.network.partition([[alice.device, dave.device], [bob.device, eve.device]]);
    await world.clock.advance(15_000);
    await alice.call("member.kick", { space: team.id, account: accountOf(bob) });
    await world.until("Dave knows", async () => !(await dave.members(team)).includes("Bob"));
    await write(bob, place, "from the partition");
    await world.until("Eve reads it", async () => (await read(eve, place)).length === 2);
    await write(dave, place, "from Dave");
    const given = watchBob(world, bob);
    world.network.heal();
    await world.until("Eve knows", async () => !(await eve.members(team)).includes("Bob"));
    await write(eve, place, "from Eve");
    for (const who of [dave, eve]) await world.until(`${who.name} has all`, async () => (await read(who, place)).length === 4);
    // Later he has only those to give it to who withhold it from him, and take nothing from him.
    await write(bob, place, "too late");
    await world.clock.advance(180_000);
    for (const who of [dave, eve]) expect([who.name, (await read(who, place)).toSorted()]).toEqual([who.name, ["from Dave", "from Eve", "from the partition", "while he belonged"]]);
    expect([given("from Dave"), given("from Eve")]).toEqual([false, false]);
    await world.agree(place.space, [dave, eve]);
    expect((await dave.members(place.space)).includes("Bob")).toBe(true);

    // Carol is back and carries it out: how far his feed stands is for her to say, and for all the same.
    await bob.stop();
    await carol.start();
    for (const who of [carol, dave, eve]) await world.until(`${who.name} sees him gone`, async () => (await who.members(place.space)).join() === "Carol,Dave,Eve");
    await world.clock.advance(180_000);
    const shown = (await read(carol, place)).toSorted();
    expect(shown).toEqual(expect.arrayContaining(["from Dave", "from Eve", "while he belonged"]));
    expect(shown).not.toContain("too late");
    for (const who of [dave, eve]) expect([who.name, (await read(who, place)).toSorted()]).toEqual([who.name, shown]);
    await world.agree(place.space, [carol, dave, eve]);
  });

  it("of somebody senior who has been away: it is withheld at once, and he is removed only once others in it were heard", async () => {
    const all = await office(1245);
    const { world, team, alice, bob, carol, dave } = all;
    const place = await channelOf(all, carol, bob, dave);
    const applied = (): number => carol.store.channelEvents(place.space.id as ChannelId).filter(({ kind }) => kind === "parent.applied").length;
    for (const away of [carol, dave]) await away.stop();
    await world.clock.advance(11 * 60_000);
    await alice.call("member.kick", { space: team.id, account: accountOf(bob) });
    await bob.stop();
    await carol.start();
    await world.until("Carol knows", async () => !(await carol.members(team)).includes("Bob"));
    await world.clock.advance(60_000);
    const space = (await carol.call("space.list", {})).spaces.find(({ id }) => id === place.space.id)!;
    expect([applied(), space.connection.of]).toEqual([0, 1]);
    await dave.start();
    await world.until("Bob is removed", async () => (await dave.members(place.space)).join() === "Carol,Dave");
    expect(applied()).toBe(1);
  });

  it("of somebody senior who may remove nobody: it is withheld all the same, and nothing is written in vain", async () => {
    const all = await office(1244);
    const { world, team, alice, bob, carol, dave } = all;
    const place = await channelOf(all, carol, bob, dave);
    const { roles } = await carol.call("role.list", { space: place.space.id });
    const below = roles.find(({ name }) => name === "Admin")!.id;
    const { role } = await carol.call("role.create", { space: place.space.id, name: "Planner", permissions: ["manage-channels", "send"], below });
    await carol.call("member.role", { space: place.space.id, account: accountOf(dave), role: role.id, on: true });
    await world.until("Dave is senior to Bob", async () => (await dave.call("member.list", { space: place.space.id })).members.find(({ name }) => name === "Dave")!.roles.includes("Planner"));
    await carol.stop();
    const written = (): number => dave.store.channelEvents(place.space.id as ChannelId).length;
    const before = written();
    await alice.call("member.kick", { space: team.id, account: accountOf(bob) });
    await world.until("Dave knows", async () => !(await dave.members(team)).includes("Bob"));
    await world.clock.advance(10_000);
    const given = watchBob(world, bob);
    await write(dave, place, "from Dave");
    await world.clock.advance(120_000);
    expect([given("from Dave"), written(), await dave.members(place.space)]).toEqual([false, before, ["Bob", "Carol", "Dave"]]);
    const { spaces } = await dave.call("space.list", {});
    expect(spaces.find(({ id }) => id === place.space.id)!.connection).toMatchObject({ connected: 0, of: 1 });
  });
});
