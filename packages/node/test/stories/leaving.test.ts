import { describe, expect, it } from "vitest";
import { countBytes, createWorld } from "./world.ts";

describe("leaving", { timeout: 60_000 }, () => {
  it("Bob leaves: the others see it, he hears nothing more, and comes back by a new invite", async () => {
    const world = createWorld(61);
    const [alice, bob, carol] = [await world.person("Alice"), await world.person("Bob"), await world.person("Carol")];
    const team = await world.workspace(alice, bob, carol);
    await bob.say(team, "one");
    await world.agree(team, [alice, bob, carol]);

    await bob.call("space.leave", { space: team.id });
    expect((await bob.call("space.list", {})).spaces).toEqual([]);
    await world.until("the others see it", async () => (await alice.members(team)).length === 2 && (await carol.members(team)).length === 2);
    await world.clock.advance(10_000);
    const counted = countBytes(world.network, alice.device, bob.device);
    await alice.say(team, "not for Bob");
    await carol.say(team, "nor this");
    await world.clock.advance(30_000);
    expect(counted().bytes).toBe(0);
    expect(bob.store.timeline((await alice.call("channel.list", { space: team.id })).channels[0]!.id as never, {}, 10)).toHaveLength(1);
    expect((await alice.messages(team)).find(({ own }) => own)?.delivery).toEqual({ stored: true, devices: 1, of: 1 });

    await world.join(bob, await world.invite(carol, team));
    await bob.say(team, "back again");
    await world.until("all read it", async () => (await alice.read(team)).includes("back again") && (await carol.read(team)).includes("back again"));
    expect(await bob.read(team)).toEqual(await alice.read(team));
    expect((await bob.read(team)).sort()).toEqual(["back again", "nor this", "not for Bob", "one"]);
    expect(await bob.problems()).toEqual([]);
    await world.agree(team, [alice, bob, carol]);
    expect(await alice.members(team)).toEqual(["Alice", "Bob", "Carol"]);
  });

  it("Bob leaves, and comes back by the link he came by before", async () => {
    const world = createWorld(64);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice);
    const link = await world.invite(alice, team, { uses: 1 });
    for (let again = 0; again < 3; again++) {
      await world.join(bob, link);
      expect((await bob.call("space.list", {})).spaces).toHaveLength(1);
      await bob.say(team, `here ${again}`);
      await world.agree(team, [alice, bob]);
      expect(await alice.members(team)).toEqual(["Alice", "Bob"]);
      await bob.call("space.leave", { space: team.id });
      await world.until("Alice is alone", async () => (await alice.members(team)).length === 1);
    }
  });

  it("Bob leaves before everything is there, and nothing leads him back in", async () => {
    const world = createWorld(65);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice);
    await alice.sayAll(team, Array.from({ length: 2_000 }, (_, n) => `${n}`));
    await bob.call("join.start", { link: await world.invite(alice, team) });
    const step = async () => (await bob.call("join.list", {})).joins[0]!.step;
    await world.until("Bob is let in", async () => (await step()) === "fetching");
    await bob.call("space.leave", { space: team.id });
    expect(await step()).toBe("done");
    await world.until("Alice is alone", async () => (await alice.members(team)).length === 1);
    await bob.stop();
    await bob.start();
    await world.clock.advance(30_000);
    expect((await bob.call("join.list", {})).joins).toEqual([]);
    expect((await bob.call("space.list", {})).spaces).toEqual([]);
    expect(await alice.members(team)).toEqual(["Alice"]);
  });

  it("Bob leaves while offline: what he wrote before still arrives, and then that he left", async () => {
    const world = createWorld(62);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice, bob);
    await world.agree(team, [alice, bob]);
    world.network.isolate(bob.device);
    await world.clock.advance(15_000);
    await bob.say(team, "farewell");
    await bob.call("space.leave", { space: team.id });
    await bob.kill();
    await bob.start();
    await alice.say(team, "too late for Bob");
    world.network.heal();
    await world.until("Alice hears of both", async () => (await alice.read(team)).includes("farewell") && (await alice.members(team)).length === 1);
    await world.clock.advance(60_000);
    const channel = (await alice.call("channel.list", { space: team.id })).channels[0]!.id;
    expect(bob.store.timeline(channel as never, {}, 10)).toHaveLength(1);
    expect((await bob.call("peer.list", {})).peers).toEqual([]);
  });

  it("the last one leaves, and nothing is left behind", async () => {
    const world = createWorld(63);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice, bob);
    await bob.call("space.leave", { space: team.id });
    await world.until("Alice is alone", async () => (await alice.members(team)).length === 1);
    await alice.call("space.leave", { space: team.id });
    expect(alice.store.spaces()).toEqual([]);
    await alice.stop();
    await alice.start();
    expect((await alice.call("space.list", {})).spaces).toEqual([]);
    expect(alice.store.spaces()).toEqual([]);
  });
});
