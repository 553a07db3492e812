import { describe, expect, it } from "vitest";
import { createWorld } from "./world.ts";

describe("apart and together", { timeout: 60_000 }, () => {
  it("two halves that wrote while apart hold and show the same afterwards", async () => {
    const world = createWorld(21);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const carol = await world.person("Carol");
    const dan = await world.person("Dan");
    const people = [alice, bob, carol, dan];
    const team = await world.workspace(alice, bob, carol, dan);
    await world.agree(team, people);

    world.network.partition([[alice.device, bob.device], [carol.device, dan.device]]);
    await world.clock.advance(15_000);
    for (let round = 1; round <= 20; round++) {
      for (const who of people) await who.say(team, `${who.name} ${round}`);
      await world.clock.advance(500);
    }
    await alice.call("channel.create", { space: team.id, name: "left" });
    await alice.say(team, "in left", "left");
    world.network.heal();
    await world.agree(team, people);

    const expected = (await alice.history(team)).map(({ id }) => id);
    expect(expected).toHaveLength(80);
    for (const who of people) {
      expect((await who.history(team)).map(({ id }) => id)).toEqual(expected);
      expect(await who.read(team, "left")).toEqual(["in left"]);
    }
    // Each wrote in order, and stands in order.
    const texts = (await dan.history(team)).map(({ text }) => text);
    expect(texts.filter((text) => text.startsWith("Bob"))).toEqual(Array.from({ length: 20 }, (_, i) => `Bob ${i + 1}`));
  });

  it("Carol carries messages and acknowledgements between Alice and Bob, who never meet", async () => {
    const world = createWorld(22);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const carol = await world.person("Carol");
    const team = await world.workspace(alice, bob, carol);
    await world.agree(team, [alice, bob, carol]);
    world.network.cut(alice.device, bob.device);
    await world.clock.advance(15_000);

    await alice.say(team, "by way of Carol");
    await world.until("Bob reads it", async () => (await bob.read(team)).includes("by way of Carol"), 2_000);
    await bob.say(team, "and back");
    await world.until("Alice reads it", async () => (await alice.read(team)).includes("and back"), 2_000);
    expect(world.network.linked(alice.device, bob.device)).toBe(false);
    await world.until("both count both", async () => {
      const [first] = await alice.messages(team);
      const second = (await bob.messages(team))[1];
      return first?.delivery?.devices === 2 && second?.delivery?.devices === 2;
    });
    const [first] = await alice.messages(team);
    const { delivery } = await alice.call("message.delivery", { message: first!.id });
    expect(delivery.has.map(({ person }) => person.name).sort()).toEqual(["Bob", "Carol"]);
    expect(delivery.waiting).toEqual([]);
  });

  it("Carol visits one, then the other", async () => {
    const world = createWorld(23);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const carol = await world.person("Carol");
    const team = await world.workspace(alice, bob, carol);
    await world.agree(team, [alice, bob, carol]);
    world.network.partition([[alice.device, carol.device], [bob.device]]);
    await world.clock.advance(15_000);
    await alice.say(team, "take this to Bob");
    await world.until("Carol has it", async () => (await carol.read(team)).length === 1);
    await carol.stop();
    world.network.heal();
    world.network.isolate(alice.device);
    await carol.start();
    await world.until("Bob has it", async () => (await bob.read(team)).includes("take this to Bob"));
    await bob.say(team, "thank you");
    await world.until("Carol has the answer", async () => (await carol.read(team)).includes("thank you"));
    world.network.heal();
    world.network.isolate(bob.device);
    await world.until("Alice has the answer", async () => (await alice.read(team)).includes("thank you"));
    await world.until("Alice counts Bob", async () => (await alice.messages(team))[0]?.delivery?.devices === 2);
    expect(await alice.read(team)).toEqual(await bob.read(team));
  });
});
