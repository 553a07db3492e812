import { decodeFrame } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { createWorld } from "./world.ts";

describe("a bad network", { timeout: 60_000 }, () => {
  it("breaks links all the time, and nodes die: nothing is lost, nothing comes twice", async () => {
    const world = createWorld(141);
    const people = [await world.person("Alice"), await world.person("Bob"), await world.person("Carol")];
    const [alice, bob] = people as [(typeof people)[0], (typeof people)[0], ...typeof people];
    const team = await world.workspace(...(people as [(typeof people)[0], ...typeof people]));
    world.network.setLoss(0.05);
    for (const who of people) await who.call("watch", { channels: [(await who.call("channel.list", { space: team.id })).channels[0]!.id] });
    const sent: string[] = [];
    for (let round = 0; round < 30; round++) {
      const who = world.random.pick(people);
      if (who.running) sent.push(...(await who.sayAll(team, [`${round}a`, `${round}b`, `${round}c`])).map(({ id }) => id));
      const victim = world.random.pick(people);
      if (world.random.chance(0.2)) await (victim.running ? victim.kill() : victim.start());
      if (world.random.chance(0.3)) world.network.breakLink(alice.device, bob.device);
      await world.clock.advance(world.random.below(3_000));
    }
    for (const who of people) if (!who.running) await who.start();
    world.network.setLoss(0);
    await world.agree(team, people, 300_000);
    for (const who of people) {
      const ids = (await who.history(team)).map(({ id }) => id);
      expect([...ids].sort()).toEqual([...sent].sort());
      expect(ids).toEqual((await alice.history(team)).map(({ id }) => id));
      // Nobody is told anything wrong on the way, however it is told.
      expect(who.logs.filter(({ event }) => event === "event.refused")).toEqual([]);
    }
  });

  it("what a member did not get though it was promised, it asks for again when they meet next", async () => {
    const world = createWorld(142);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice, bob);
    await world.agree(team, [alice, bob]);
    await bob.stop();
    await alice.sayAll(team, ["one", "two"]);
    const mend = world.network.tap((frame, from) => {
      const decoded = decodeFrame(frame);
      return from === alice.device && decoded.ok && decoded.value.type === "events" ? null : frame;
    });
    await bob.start();
    await world.clock.advance(30_000);
    expect(await bob.read(team)).toEqual([]);
    mend();
    world.network.breakLink(alice.device, bob.device);
    await world.until("Bob has them", async () => (await bob.read(team)).join() === "one,two", 10_000);
    expect((await bob.call("space.list", {})).spaces[0]?.connection.missing).toBe(0);
  });
});
