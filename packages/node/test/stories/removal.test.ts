import type { Space } from "@multichat/client/contract";
import { describe, expect, it } from "vitest";
import { type Person, countBytes } from "./world.ts";
import { give, idOf, memberOf, roleOf, team as silentTeam } from "./people.ts";

const spaceOf = async (who: Person, space: Space): Promise<Space | undefined> => (await who.call("space.list", {})).spaces.find(({ id }) => id === space.id);
const isOut = async (who: Person, space: Space): Promise<boolean> => (await spaceOf(who, space))?.removed != null;

/** With a first message. */
async function team(seed: number, ...names: string[]): ReturnType<typeof silentTeam> {
  const made = await silentTeam(seed, ...names);
  await made.people[0]!.say(made.space, "welcome");
  await made.world.agree(made.space, made.people);
  return made;
}

describe("removal", { timeout: 60_000 }, () => {
  it("the removed one is told at once, keeps what was there to read, and gets nothing more", async () => {
    const { world, people, space } = await team(501, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    await alice.call("member.kick", { space: space.id, account: await idOf(alice, space, "Bob") });
    await world.until("Bob is told", () => isOut(bob, space), 2_000);
    const seen = (await spaceOf(bob, space))!;
    expect(seen.removed).toMatchObject({ how: "removed", by: { name: "Alice" } });
    expect(seen.readOnly).toMatch(/^You were removed by Alice on \d{4}-\d\d-\d\d\./);
    expect(await bob.read(space)).toEqual(["welcome"]);
    await expect(bob.say(space, "hello?")).rejects.toMatchObject({ code: "no-longer-member" });

    await world.clock.advance(1_000);
    const counted = countBytes(world.network, alice.device, bob.device);
    await alice.say(space, "among ourselves");
    await carol.say(space, "quite");
    await world.clock.advance(5_000);
    expect(counted().bytes).toBe(0);
    expect(await bob.read(space)).toEqual(["welcome"]);
    await world.agree(space, [alice, carol]);
    expect(await carol.members(space)).toEqual(["Alice", "Carol"]);

    await bob.stop();
    await bob.start();
    expect(await isOut(bob, space)).toBe(true);
    await bob.call("space.forget", { space: space.id });
    expect(await spaceOf(bob, space)).toBeUndefined();
    expect(bob.store.spaces()).toEqual([]);
  });

  it("who is alone with the one who let it in is told over the very link it came in by", async () => {
    const { world, people, space } = await team(509, "Alice", "Bob");
    const [alice, bob] = people as [Person, Person];
    await alice.call("member.kick", { space: space.id, account: await idOf(alice, space, "Bob") });
    await world.until("Bob is told", () => isOut(bob, space), 2_000);
    await bob.call("join.start", { link: await world.invite(alice, space) });
    await world.until("he is in again", async () => (await spaceOf(bob, space))?.removed === null);
    await bob.say(space, "back");
    await world.until("Alice reads it", async () => (await alice.read(space)).includes("back"));
    expect(await alice.members(space)).toEqual(["Alice", "Bob"]);
  });

  it("who was away when it was removed is told by the first member it meets", async () => {
    const { world, people, space } = await team(502, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    await bob.stop();
    await alice.call("member.kick", { space: space.id, account: await idOf(alice, space, "Bob") });
    await world.agree(space, [alice, carol]);
    await alice.stop();
    await bob.start();
    await world.until("Carol tells him", () => isOut(bob, space), 30_000);
    expect((await spaceOf(bob, space))?.removed?.by?.name).toBe("Alice");
    await world.clock.advance(10 * 60_000);
    expect(bob.logs.filter(({ event }) => event === "space.removed")).toHaveLength(1);
  });

  it("a ban holds against the old link and a new one until it is lifted, and then he comes back", async () => {
    const { world, people, space } = await team(503, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    const account = await idOf(alice, space, "Bob");
    await alice.call("member.ban", { space: space.id, account });
    await world.until("Bob is told", () => isOut(bob, space), 2_000);
    expect((await spaceOf(bob, space))?.removed?.how).toBe("banned");
    expect((await carol.call("restriction.list", { space: space.id })).departed).toMatchObject([{ person: { id: account }, how: "banned", by: { name: "Alice" } }]);

    const link = await world.invite(carol, space);
    await bob.call("join.start", { link });
    await world.until("he is told", async () => (await bob.call("join.list", {})).joins.some(({ step }) => step === "failed"));
    expect(await isOut(bob, space)).toBe(true);
    expect(await alice.members(space)).toEqual(["Alice", "Carol"]);

    await alice.call("member.unban", { space: space.id, account });
    await world.agree(space, [alice, carol]);
    await bob.call("join.start", { link });
    await world.until("he is in again", async () => (await alice.members(space)).includes("Bob") && !(await isOut(bob, space)));
    await world.until("his node has caught up", async () => (await bob.read(space)).length === 1);
    await bob.say(space, "thank you");
    await world.until("all read it", async () => (await alice.read(space)).includes("thank you") && (await carol.read(space)).includes("thank you"));
    await world.agree(space, people);
  });

  it("a member who never heard of the removal and one who did agree after they meet", async () => {
    const { world, people, space } = await team(504, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    await bob.say(space, "before");
    await world.agree(space, people);
    world.network.cut(alice.device, bob.device);
    world.network.cut(alice.device, carol.device);
    await world.clock.advance(1_000);
    await alice.call("member.kick", { space: space.id, account: await idOf(alice, space, "Bob") });
    await bob.say(space, "after, unawares");
    await world.until("Carol reads it", async () => (await carol.read(space)).includes("after, unawares"));
    world.network.heal();
    await world.until("Bob hears", () => isOut(bob, space));
    await world.agree(space, [alice, carol]);
    expect(await alice.read(space)).toEqual(["welcome", "before"]);
    expect(await carol.read(space)).toEqual(["welcome", "before"]);
    const own = (await bob.messages(space)).find(({ text }) => text === "after, unawares");
    expect(own?.refused).toMatch(/removed/);
  });

  it("two admins remove each other while apart: both stay, because equals cannot duel", async () => {
    const { world, people, space } = await team(505, "Alice", "Bob", "Carol", "Dora");
    const [alice, bob, carol, dora] = people as [Person, Person, Person, Person];
    await alice.call("space.transfer-ownership", { space: space.id, account: await idOf(alice, space, "Dora"), stay: true });
    await alice.call("role.create", { space: space.id, name: "Head", permissions: ["kick"], below: await roleOf(alice, space, "Owner") });
    for (const name of ["Bob", "Carol"]) await give(alice, space, name, "Admin");
    await world.agree(space, people);
    await expect(bob.call("member.kick", { space: space.id, account: await idOf(bob, space, "Carol") })).rejects.toMatchObject({ code: "not-allowed", message: "Their role is not below yours." });

    // Each is raised by another owner, removes the other, and has not heard of the like.
    for (const one of [alice, bob]) for (const other of [carol, dora]) world.network.cut(one.device, other.device);
    await world.clock.advance(1_000);
    for (const [owner, admin, target] of [[alice, bob, "Carol"], [dora, carol, "Bob"]] as const) {
      await give(owner, space, admin.name, "Head");
      await world.until(`${admin.name} is raised`, async () => (await memberOf(admin, space, admin.name)).roles.includes("Head"));
      await admin.call("member.kick", { space: space.id, account: await idOf(admin, space, target) });
      expect(await admin.members(space)).not.toContain(target);
    }
    await bob.say(space, "without Carol");
    await carol.say(space, "without Bob");
    world.network.heal();
    await world.until("all stand together", async () => (await alice.members(space)).length === 4 && (await dora.members(space)).length === 4);
    await world.until("nobody is out", async () => !(await isOut(bob, space)) && !(await isOut(carol, space)));
    await world.agree(space, people);
    for (const one of people) expect((await one.read(space)).toSorted()).toEqual(["welcome", "without Bob", "without Carol"]);
    const { entries } = await alice.call("audit.list", { space: space.id, kind: "remove" });
    expect(entries.map(({ by, voidReason }) => [by?.name, voidReason])).toEqual(expect.arrayContaining([["Bob", "not-junior"], ["Carol", "not-junior"]]));
  });

  it("a removed moderator keeps posting and letting people in from a partition: nothing of it stands for the others", async () => {
    const { world, people, space } = await team(506, "Alice", "Mallory", "Bob");
    const [alice, mallory, bob] = people as [Person, Person, Person];
    await give(alice, space, "Mallory", "Moderator");
    await world.agree(space, people);
    const eve = await world.person("Eve");
    for (const other of [alice, bob]) for (const bad of [mallory, eve]) world.network.cut(other.device, bad.device);
    await world.clock.advance(1_000);
    await alice.call("member.kick", { space: space.id, account: await idOf(alice, space, "Mallory") });
    await mallory.say(space, "still a moderator");
    await world.join(eve, await world.invite(mallory, space));
    await eve.say(space, "hello from Eve");
    await mallory.call("member.mute", { space: space.id, account: await idOf(mallory, space, "Bob"), on: true });
    world.network.heal();
    await world.until("both hear", async () => (await isOut(mallory, space)) && !(await alice.members(space)).includes("Eve"));
    await world.clock.advance(30_000);
    await world.agree(space, [alice, bob]);
    expect(await bob.read(space)).toEqual(["welcome"]);
    expect(await bob.members(space)).toEqual(["Alice", "Bob"]);
    await bob.say(space, "not muted");
  });

  it("a laptop weeks behind does not remove anybody unawares", async () => {
    const { world, people, space } = await team(507, "Alice", "Bob", "Carol");
    const [alice, , carol] = people as [Person, Person, Person];
    await give(alice, space, "Carol", "Admin");
    await world.agree(space, people);
    world.network.isolate(carol.device);
    await world.clock.advance(21 * 24 * 60 * 60_000);
    const account = await idOf(carol, space, "Bob");
    const preview = await carol.call("removal.preview", { space: space.id, account });
    expect(preview).toMatchObject({ fresh: false });
    await expect(carol.call("member.kick", { space: space.id, account })).rejects.toMatchObject({ code: "not-fresh", message: expect.stringContaining("people they let in") });
    await expect(carol.call("moderation.cleanup", { space: space.id, accounts: [account], since: 0 })).rejects.toMatchObject({ code: "not-fresh" });
    expect(await carol.members(space)).toContain("Bob");
    world.network.heal();
    await world.until("Carol has heard", async () => (await carol.call("removal.preview", { space: space.id, account })).fresh);
    await carol.call("member.kick", { space: space.id, account });
    await world.until("Alice hears", async () => !(await alice.members(space)).includes("Bob"));
  });

  it("nor does it take a role or a right away, or deny somebody, who may have been let in meanwhile", async () => {
    const { world, people, space } = await team(511, "Alice", "Mo", "Carol");
    const [alice, mo] = people as [Person, Person];
    await give(alice, space, "Mo", "Moderator");
    await alice.call("space.admission", { space: space.id, approve: true });
    const dave = await world.person("Dave");
    const link = await world.invite(alice, space);
    await world.agree(space, people);
    await dave.call("join.start", { link });
    const waiting = async (who: Person) => (await who.call("join.requests", { space: space.id })).requests;
    await world.until("Dave has asked", async () => (await waiting(alice)).length === 1 && (await waiting(mo)).length === 1);
    world.network.isolate(alice.device);
    await world.clock.advance(60 * 60_000);
    await mo.call("join.approve", { space: space.id, request: (await waiting(mo))[0]!.id });
    await world.until("Dave is in", async () => (await mo.members(space)).includes("Dave"));

    const [request] = await waiting(alice);
    const [account, role] = [await idOf(alice, space, "Mo"), await roleOf(alice, space, "Moderator")];
    const stale = (whom: string) => ({ code: "not-fresh", message: expect.stringMatching(new RegExp(`since .* UTC\\. Everything that ${whom} did in the meantime would become void`)) });
    await expect(alice.call("join.deny", { space: space.id, request: request!.id })).rejects.toMatchObject(stale("Dave"));
    await expect(alice.call("member.role", { space: space.id, account, role, on: false })).rejects.toMatchObject(stale("Mo"));
    await expect(alice.call("role.set", { space: space.id, role, off: ["mute"] })).rejects.toMatchObject(stale("those with the role Moderator"));
    await expect(alice.call("role.move", { space: space.id, role, below: await roleOf(alice, space, "Member") })).rejects.toMatchObject(stale("those with the role Moderator"));
    // What gives, takes nothing from anybody.
    await alice.call("role.set", { space: space.id, role, on: ["pin"], name: "Mods" });

    world.network.heal();
    await world.until("Alice has heard", async () => (await alice.members(space)).includes("Dave"));
    await world.agree(space, [alice, mo]);
    await expect(alice.call("join.deny", { space: space.id, request: request!.id })).rejects.toMatchObject({ code: "not-found" });
    await alice.call("member.role", { space: space.id, account, role, on: false });
    world.network.isolate(alice.device);
    await world.clock.advance(60 * 60_000);
    await alice.call("role.set", { space: space.id, role: await roleOf(alice, space, "Member"), off: ["invite"], override: true });
    world.network.heal();
    await world.until("Mo hears of both", async () => (await memberOf(mo, space, "Mo")).roles.join() === "Member" && (await mo.call("permissions.check", { space: space.id, permission: "invite" })).allowed === false);
  });

  it("what the one who removes has never seen is settled by another who may, for those who join later too", async () => {
    const { world, people, space } = await team(510, "Alice", "Mo", "Bob");
    const [alice, mo, bob] = people as [Person, Person, Person];
    await give(alice, space, "Mo", "Moderator");
    const { channel } = await alice.call("channel.create", { space: space.id, name: "random" });
    await world.agree(space, people);
    world.network.isolate(alice.device);
    await world.clock.advance(60 * 60_000);
    await bob.say(space, "Alice has not seen this", "random");
    await world.until("Mo reads it", async () => (await mo.read(space, "random")).length === 1);
    await alice.call("member.kick", { space: space.id, account: await idOf(alice, space, "Bob"), override: true });
    world.network.heal();
    await world.until("Bob is told", () => isOut(bob, space));
    await world.until("Mo says what of it stands", async () => (await alice.read(space, "random")).length === 1, 3 * 60_000);
    const carol = await world.person("Carol");
    await world.join(carol, await world.invite(mo, space));
    await world.agree(space, [alice, mo, carol]);
    expect(await carol.read(space, "random")).toEqual(["Alice has not seen this"]);
    expect((await bob.call("message.list", { channel: channel.id })).messages[0]?.text).toBe("Alice has not seen this");
  });

  it("an owner goes, and the one made owner before carries on", async () => {
    const { world, people, space } = await team(508, "Alice", "Bob", "Carol");
    const [alice, bob, carol] = people as [Person, Person, Person];
    const { note } = await alice.call("space.transfer-ownership", { space: space.id, account: await idOf(alice, space, "Bob") });
    expect(note).toContain("recovery phrase of Alice");
    await world.agree(space, people);
    const roles = (await carol.call("member.list", { space: space.id })).members.map(({ name, roles: held }) => [name, held]);
    expect(Object.fromEntries(roles)).toMatchObject({ Alice: ["Admin"], Bob: ["Owner", "Member"] });
    await alice.call("space.leave", { space: space.id });
    await world.until("the others see it", async () => (await bob.members(space)).length === 2);
    await bob.call("role.create", { space: space.id, name: "Helper", permissions: ["mute"] });
    await world.until("Carol sees the role", async () => (await carol.call("role.list", { space: space.id })).roles.some(({ name }) => name === "Helper"));
  });
});
