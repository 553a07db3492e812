import { describe, expect, it } from "vitest";
import { createWorld } from "./world.ts";

describe("the late joiner", { timeout: 60_000 }, () => {
  it("Carol joins while Alice, who founded it all, is off: Bob lets her in, and the history is whole", async () => {
    const world = createWorld(31);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const carol = await world.person("Carol");
    const team = await world.workspace(alice, bob);
    await alice.sayAll(team, Array.from({ length: 300 }, (_, i) => `before ${i + 1}`));
    await bob.say(team, "Bob was here");
    await world.agree(team, [alice, bob]);
    const link = await world.invite(bob, team);
    await alice.stop();

    await world.join(carol, link);
    await world.until("Carol has the history", async () => (await carol.history(team)).length === 301);
    await world.until("she is done", async () => (await carol.call("join.list", {})).joins[0]?.step === "done");
    expect(await carol.members(team)).toEqual(["Alice", "Bob", "Carol"]);
    const { spaces } = await carol.call("space.list", {});
    expect(spaces[0]?.unread).toBe(0);

    await carol.say(team, "hello all");
    await world.until("Bob acknowledges", async () => (await carol.history(team)).at(-1)?.delivery?.devices === 1);
    expect((await carol.history(team)).at(-1)?.delivery).toEqual({ stored: true, devices: 1, of: 2 });
    await alice.start();
    await world.until("Alice reads Carol", async () => (await alice.history(team)).at(-1)?.text === "hello all");
    expect(await alice.members(team)).toEqual(["Alice", "Bob", "Carol"]);
    await world.until("Alice acknowledges", async () => (await carol.history(team)).at(-1)?.delivery?.devices === 2);
  });

  it("Dan's link names a dead inviter first and a living member second", async () => {
    const world = createWorld(32);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const carol = await world.person("Carol");
    const dan = await world.person("Dan");
    const team = await world.workspace(alice, bob, carol);
    await world.agree(team, [alice, bob, carol]);
    const link = await world.invite(alice, team);
    await world.agree(team, [alice, bob, carol]);
    await alice.kill();
    await bob.kill();
    await world.join(dan, link);
    await world.until("Dan knows everybody", async () => (await dan.members(team)).join() === "Alice,Bob,Carol,Dan");
    expect(world.network.linked(dan.device, carol.device)).toBe(true);
  });

  it("Dan finds Bob on the local network when nobody in the link answers", async () => {
    const world = createWorld(33);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob", { lan: "office" });
    const dan = await world.person("Dan", { lan: "office" });
    const link = await (async () => {
      const { space } = await alice.call("space.create", { name: "Team" });
      // Made while she is alone, so the link names nobody else.
      const made = await world.invite(alice, space);
      await world.join(bob, made);
      await world.agree(space, [alice, bob]);
      return made;
    })();
    await alice.kill();
    const team = await world.join(dan, link);
    expect(await dan.members(team)).toEqual(["Alice", "Bob", "Dan"]);
  });

  it("a member that learns of the invite only while the joiner waits lets him in all the same", async () => {
    const world = createWorld(34);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const dan = await world.person("Dan");
    const team = await world.workspace(alice, bob);
    await world.agree(team, [alice, bob]);
    world.network.cut(alice.device, dan.device);
    // Alice knows Bob's address but cannot reach him while she makes the invite.
    const link = await (async () => {
      world.network.setDelay(alice.device, bob.device, { latencyMs: 20_000 });
      return world.invite(alice, team);
    })();
    await dan.call("join.start", { link });
    await world.until("Dan asks Bob", () => world.network.linked(dan.device, bob.device), 10_000);
    await world.until("he hears that Bob does not know it", async () => (await dan.call("join.list", {})).joins[0]?.code === "invite-unknown", 15_000);
    await world.until("Dan is in", async () => (await dan.call("space.list", {})).spaces.length === 1);
    expect(world.network.linked(alice.device, dan.device)).toBe(false);
  });
});
