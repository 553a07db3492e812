import type { Join } from "@multichat/client/contract";
import type { SpaceId } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { type Person, type World, createWorld } from "./world.ts";

async function joinOf(who: Person): Promise<Join> {
  const { joins } = await who.call("join.list", {});
  return joins.at(-1)!;
}

async function failed(world: World, who: Person, link: string): Promise<Join> {
  await who.call("join.start", { link });
  await world.until(`${who.name}'s join ends`, async () => (await joinOf(who)).step === "failed");
  return joinOf(who);
}

async function listed(who: Person): Promise<number> {
  return (await who.call("space.list", {})).spaces.length;
}

describe("an invite that does not let in", { timeout: 60_000 }, () => {
  it("is expired, and says so", async () => {
    const world = createWorld(41);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice);
    const link = await world.invite(alice, team, { expiresIn: 60_000 });
    await world.clock.advance(61_000);
    const { code, detail } = await failed(world, bob, link);
    expect(code).toBe("invite-expired");
    expect(detail).toBe("This invite has expired. Ask Alice for a new one.");
    expect(await listed(bob)).toBe(0);
    expect(bob.store.spaces()).toEqual([]);
  });

  it("is withdrawn, and says so", async () => {
    const world = createWorld(42);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const { space } = await alice.call("space.create", { name: "Team" });
    const { invite, link } = await alice.call("invite.create", { space: space.id });
    await alice.call("invite.revoke", { space: space.id, invite: invite.id });
    expect((await failed(world, bob, link)).code).toBe("invite-revoked");
  });

  it("is used up, and says so", async () => {
    const world = createWorld(43);
    const [alice, bob, carol] = [await world.person("Alice"), await world.person("Bob"), await world.person("Carol")];
    const team = await world.workspace(alice);
    const link = await world.invite(alice, team, { uses: 1 });
    await world.join(bob, link);
    expect((await failed(world, carol, link)).code).toBe("invite-used-up");
    expect(await alice.members(team)).toEqual(["Alice", "Bob"]);
  });

  it("lets in one of two who race for its last use, and the other by the next invite", async () => {
    const world = createWorld(44);
    const [alice, bob, carol] = [await world.person("Alice"), await world.person("Bob"), await world.person("Carol")];
    const team = await world.workspace(alice);
    const link = await world.invite(alice, team, { uses: 1 });
    await bob.call("join.start", { link });
    await carol.call("join.start", { link });
    await world.until("one is in, the other is not", async () => (await listed(bob)) + (await listed(carol)) === 1 && [await joinOf(bob), await joinOf(carol)].some(({ step }) => step === "failed"));
    const loser = (await listed(bob)) === 1 ? carol : bob;
    expect((await joinOf(loser)).code).toBe("invite-used-up");
    await world.clock.advance(30_000);
    expect((await alice.members(team)).length).toBe(2);
    // What the loser wrote in vain must not stand in its way.
    await world.join(loser, await world.invite(alice, team));
    await loser.say(team, "at last");
    await world.until("Alice reads it", async () => (await alice.read(team)).includes("at last"));
    expect(await loser.problems()).toEqual([]);
  });

  it("may be used once too often when two members let in at once, and everybody agrees on who is in", async () => {
    const world = createWorld(45);
    const people = [await world.person("Alice"), await world.person("Bob"), await world.person("Carol"), await world.person("Dan")];
    const [alice, bob, carol, dan] = people as [Person, Person, Person, Person];
    const team = await world.workspace(alice, bob);
    await world.agree(team, [alice, bob]);
    const link = await world.invite(alice, team, { uses: 1 });
    await world.agree(team, [alice, bob]);
    world.network.partition([[alice.device, carol.device], [bob.device, dan.device]]);
    await world.join(carol, link);
    await world.join(dan, link);
    world.network.heal();
    await world.agree(team, people);
    for (const who of people) expect(await who.members(team)).toEqual(["Alice", "Bob", "Carol", "Dan"]);
  });

  it("is garbled or not a link at all", async () => {
    const world = createWorld(46);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice);
    const link = await world.invite(alice, team);
    const broken = `${link.slice(0, 60)}${link[60] === "A" ? "B" : "A"}${link.slice(61)}`;
    for (const text of [broken, link.slice(0, -5), "hello", "", "multichat://join/#"]) {
      await expect(bob.call("join.start", { link: text })).rejects.toMatchObject({ code: "invite-garbled" });
    }
    expect((await bob.call("join.list", {})).joins).toEqual([]);
  });

  it("is to where one already belongs", async () => {
    const world = createWorld(47);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice);
    const link = await world.invite(alice, team);
    await world.join(bob, link);
    await expect(bob.call("join.start", { link })).rejects.toMatchObject({ code: "already-member" });
  });
});

describe("a join that takes its time", { timeout: 60_000 }, () => {
  it("says what it tried while nobody can be reached, keeps trying, and succeeds when Alice comes", async () => {
    const world = createWorld(48);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice);
    const link = await world.invite(alice, team);
    await alice.kill();
    await bob.call("join.start", { link });
    await world.until("Bob is told", async () => (await joinOf(bob)).code === "no-member-reachable");
    const { detail, attempts, step } = await joinOf(bob);
    expect(step).toBe("finding");
    expect(detail).toContain("Tried 1 address: connection refused.");
    expect(detail).toContain("Alice or another member must be online");
    expect(attempts[0]?.address).toBe(`/memory/${alice.device.slice(0, 16)}`);
    await world.clock.advance(30 * 60_000);
    expect((await joinOf(bob)).step).toBe("finding");
    expect((await joinOf(bob)).attempts.length).toBeLessThanOrEqual(12);
    await alice.start();
    await world.until("Bob is in", async () => (await listed(bob)) === 1, 90_000);
    await world.until("and done", async () => (await joinOf(bob)).step === "done");
  });

  it("does not speak of dead members while a living one is asked", async () => {
    const world = createWorld(49);
    const [alice, bob, dan] = [await world.person("Alice"), await world.person("Bob"), await world.person("Dan")];
    const team = await world.workspace(alice, bob);
    await world.agree(team, [alice, bob]);
    const link = await world.invite(alice, team);
    await world.agree(team, [alice, bob]);
    await alice.kill();
    await world.join(dan, link);
    const said = dan.pushes.flatMap((push) => (push.push === "join" ? [push.data] : []));
    const answered = said.findIndex(({ step }) => step === "checking");
    expect(answered).toBeGreaterThanOrEqual(0);
    expect(said.slice(answered).filter(({ step }) => step === "finding")).toEqual([]);
  });

  it("is cancelled, and can be begun again", async () => {
    const world = createWorld(50);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice);
    const link = await world.invite(alice, team);
    await alice.stop();
    const { join } = await bob.call("join.start", { link });
    await world.clock.advance(5_000);
    await bob.call("join.cancel", { join: join.id });
    expect((await bob.call("join.list", {})).joins).toEqual([]);
    await alice.start();
    await world.clock.advance(120_000);
    expect(await listed(bob)).toBe(0);
    await world.join(bob, link);
  });

  it("survives the joiner's restart at every moment", async () => {
    const world = createWorld(51);
    const alice = await world.person("Alice");
    const team = await world.workspace(alice);
    await alice.sayAll(team, Array.from({ length: 50 }, (_, i) => `${i + 1}`));
    for (let step = 0; step < 16; step++) {
      const bob = await world.person(`Bob ${step}`);
      const link = await world.invite(alice, team);
      await bob.call("join.start", { link });
      await world.clock.advance(step * 22);
      await bob.kill();
      await world.clock.advance(3_000);
      await bob.start();
      await world.until(`he is in, stopped after ${step * 22} ms`, async () => (await listed(bob)) === 1);
      await world.until("has everything", async () => (await bob.history(team)).length >= 50);
      await world.until("and no join stays open", async () => (await bob.call("join.list", {})).joins.every(({ step: at }) => at === "done"));
      await bob.say(team, "hello");
      await world.until("and is heard", async () => (await alice.history(team)).at(-1)?.author.name === `Bob ${step}`);
      expect(await bob.problems()).toEqual([]);
      await bob.stop();
    }
    expect(await alice.members(team)).toHaveLength(17);
  });

  it("goes on with another member when the first dies between hearing the join and admitting", async () => {
    const world = createWorld(52);
    const [alice, bob, carol] = [await world.person("Alice"), await world.person("Bob"), await world.person("Carol")];
    const team = await world.workspace(alice, carol);
    await world.agree(team, [alice, carol]);
    const link = await world.invite(alice, team);
    await world.agree(team, [alice, carol]);
    world.network.cut(bob.device, carol.device);
    // What Alice writes about the join reaches nobody; that he asked is known to Carol before he asks her.
    const holdsJoin = (who: Person): boolean => who.store.holdings(team.id as SpaceId).some(({ device }) => device === bob.device);
    world.network.tap((frame, from) => (from === alice.device && holdsJoin(alice) ? null : frame));
    await bob.call("join.start", { link });
    await world.until("Alice has heard", () => holdsJoin(alice), 10_000);
    await alice.kill();
    carol.store.putEvents(alice.store.channelEvents(team.id as SpaceId).filter(({ device, kind }) => device === bob.device && kind === "join"));
    await carol.kill();
    await carol.start();
    expect(holdsJoin(carol)).toBe(true);
    world.network.heal();
    await world.until("Carol lets Bob in", async () => (await listed(bob)) === 1, 120_000);
    await world.agree(team, [bob, carol]);
    expect(await carol.members(team)).toEqual(["Alice", "Bob", "Carol"]);
  });
});

describe("an invite after a role was moved", { timeout: 60_000 }, () => {
  it("lets in with the one in its new place", async () => {
    const world = createWorld(49);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice);
    const { roles } = await alice.call("role.list", { space: team.id });
    const [member, guest] = ["Member", "Guest"].map((name) => roles.find((role) => role.name === name)!.id);
    await alice.call("role.move", { space: team.id, role: member!, below: guest! });
    await bob.call("join.start", { link: await world.invite(alice, team, {}) });
    await world.until("Bob is in", async () => (await bob.call("space.list", {})).spaces.length === 1);
    expect((await alice.call("role.list", { space: team.id })).roles.find(({ name }) => name === "Member")).toMatchObject({ members: 1 });
    await world.until("Bob may write", async () => (await bob.call("space.list", {})).spaces[0]?.permissions.find(({ permission }) => permission === "send")?.allowed === true);
  });
});
