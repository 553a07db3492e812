import { hlcTime } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { createWorld } from "./world.ts";

const hour = 3_600_000;

describe("wrong clocks", { timeout: 60_000 }, () => {
  it("Bob's clock is an hour ahead, and only Alice is there: he is told, she marks what he writes, and it moves when due", async () => {
    const world = createWorld(71);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(alice, bob);
    bob.clock.jump(hour);
    await world.clock.advance(60_000);
    const id = (await alice.call("channel.list", { space: team.id })).channels[0]!.id;
    await alice.call("watch", { channels: [id] });
    await bob.say(team, "from the future");
    await world.until("Alice reads it at once", async () => (await alice.read(team)).includes("from the future"), 2_000);
    const [early] = await alice.messages(team);
    expect(early).toMatchObject({ wrongClock: true, author: { name: "Bob" } });
    expect(Math.abs(early!.time - alice.clock.now())).toBeLessThan(2_000);
    await alice.say(team, "from now");
    expect(await alice.read(team)).toEqual(["from the future", "from now"]);
    // She does not follow him into the future.
    expect(Math.abs((await alice.messages(team))[1]!.time - alice.clock.now())).toBeLessThan(2_000);
    expect((await bob.problems()).join()).toContain("60 minutes ahead of the other member's");
    expect((await alice.problems()).join()).toContain("60 minutes behind the other member's");

    await world.clock.advance(hour + 61_000);
    expect(await alice.read(team)).toEqual(["from now", "from the future"]);
    expect((await alice.messages(team))[1]?.wrongClock).toBe(false);
    const pushed = alice.pushes.flatMap((push) => (push.push === "messages" ? push.data.messages : []));
    expect(pushed.filter(({ text }) => text === "from the future").map(({ wrongClock }) => wrongClock)).toEqual([true, false]);
  });

  it("is still moved when Alice was restarted meanwhile", async () => {
    const world = createWorld(72);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(alice, bob);
    bob.clock.jump(hour);
    await world.clock.advance(60_000);
    await bob.say(team, "early");
    await world.until("Alice reads it", async () => (await alice.read(team)).length === 1);
    await alice.kill();
    await world.clock.advance(hour / 2);
    await alice.start();
    expect((await alice.messages(team))[0]?.wrongClock).toBe(true);
    await world.clock.advance(hour / 2 + 61_000);
    expect((await alice.messages(team))[0]?.wrongClock).toBe(false);
  });

  it("a control event from the future is held until due", async () => {
    const world = createWorld(73);
    const alice = await world.person("Alice", { clockAheadMs: 10 * 60_000 });
    const bob = await world.person("Bob");
    const team = await world.workspace(alice);
    await bob.call("join.start", { link: await world.invite(alice, team) });
    await world.clock.advance(30_000);
    expect((await bob.call("space.list", {})).spaces).toEqual([]);
    expect((await bob.call("join.list", {})).joins[0]?.detail).toContain("This computer's clock is 10 minutes behind");
    // Her log is due after ten minutes, and what lets him in after ten more.
    await world.until("Bob is in", async () => (await bob.call("space.list", {})).spaces.length === 1, 25 * 60_000);
    await alice.call("channel.create", { space: team.id, name: "later" });
    await world.clock.advance(60_000);
    expect((await bob.call("channel.list", { space: team.id })).channels.map(({ name }) => name)).toEqual(["general"]);
    await world.until("it is there when due", async () => (await bob.call("channel.list", { space: team.id })).channels.length === 2, 11 * 60_000);
  });

  it("with two others who agree, a wrong clock is corrected", async () => {
    for (const ahead of [hour, -hour]) {
      const world = createWorld(74);
      const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
      const carol = await world.person("Carol");
      const team = await world.workspace(alice, bob, carol);
      carol.clock.jump(ahead);
      await world.clock.advance(60_000);
      await world.until("Carol has greeted both", () => world.network.linked(carol.device, bob.device) && world.network.linked(carol.device, alice.device));
      await world.clock.advance(2_000);
      expect((await carol.problems()).join()).toContain(`60 minutes ${ahead > 0 ? "ahead of" : "behind"} the others'. Times here are corrected`);
      expect(await alice.problems()).toEqual([]);
      const sent = await carol.say(team, "on time");
      expect(Math.abs(sent.time - alice.clock.now())).toBeLessThan(1_000);
      await world.until("Alice reads it", async () => (await alice.read(team)).includes("on time"));
      expect((await alice.messages(team)).at(-1)?.wrongClock).toBe(false);
    }
  });

  it("one of two others being wrong moves nobody", async () => {
    for (const ahead of [hour, -hour]) {
      const world = createWorld(75);
      const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
      const carol = await world.person("Carol");
      const team = await world.workspace(alice, bob, carol);
      carol.clock.jump(ahead);
      await world.clock.advance(60_000);
      const sent = await alice.say(team, "as always");
      expect(Math.abs(sent.time - alice.clock.now())).toBeLessThan(1_000);
    }
  });

  it("Carol sets her clock right, and is not corrected by what was measured before", async () => {
    const world = createWorld(76);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const carol = await world.person("Carol");
    const team = await world.workspace(alice, bob, carol);
    carol.clock.jump(-hour);
    await world.clock.advance(60_000);
    expect((await carol.problems()).join()).toContain("behind");
    carol.clock.jump(hour);
    await world.clock.advance(60_000);
    const sent = await carol.say(team, "right again");
    expect(Math.abs(sent.time - alice.clock.now())).toBeLessThan(2_000);
    expect(await carol.problems()).toEqual([]);
    await world.until("Alice reads it", async () => (await alice.read(team)).includes("right again"));
  });

  it("who wrote with a clock far ahead and sets it right is told so; its control log refuses to grow into the future", async () => {
    const world = createWorld(77);
    const alice = await world.person("Alice", { clockAheadMs: 30 * 24 * hour });
    const team = await world.workspace(alice);
    await alice.say(team, "far ahead");
    alice.clock.jump(-30 * 24 * hour);
    const { problems } = (await alice.call("status.get", {})).status;
    expect(problems).toMatchObject([{ code: "clock-wrong", remedy: "device.renew" }]);
    await expect(alice.call("channel.create", { space: team.id, name: "never" })).rejects.toMatchObject({ code: "not-allowed" });
    await alice.say(team, "still possible");
    expect((await alice.read(team)).sort()).toEqual(["far ahead", "still possible"]);
    expect(alice.store.holdings(team.id as never).every(({ ranges }) => ranges.length === 1)).toBe(true);
  });

  it("strangers' clocks do not count", async () => {
    const world = createWorld(78);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice, bob);
    const dead = await world.invite(alice, team, { uses: 1 });
    await world.join(await world.person("Carol"), dead);
    for (const name of ["Dan", "Eve", "Fred"]) {
      const stranger = await world.person(name, { clockAheadMs: 5 * hour });
      await stranger.call("join.start", { link: dead });
    }
    await world.clock.advance(10_000);
    expect(await alice.problems()).toEqual([]);
    expect(Math.abs(hlcTime(BigInt(`0x${(await alice.say(team, "calm")).position.slice(0, 16)}`)) - alice.clock.now())).toBeLessThan(1_000);
  });
});
