import type { ChannelId } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { countBytes, createWorld } from "./world.ts";

const numbered = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, i) => `message ${from + i}`);

describe("away and back", { timeout: 60_000 }, () => {
  it("Bob, who was off, gets 3,000 messages: newest first, each once, in the order Alice has them", async () => {
    const world = createWorld(11);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(alice, bob);
    await bob.stop();
    await alice.sayAll(team, numbered(1, 3000));

    const { channels } = await alice.call("channel.list", { space: team.id });
    await bob.start();
    await bob.call("watch", { channels: channels.map(({ id }) => id) });
    const id = channels[0]!.id as ChannelId;
    await world.until("Bob has everything", () => bob.store.eventsBefore(id, null, 4000).length === 3000);

    const shown = bob.pushes.flatMap((push) => (push.push === "messages" ? push.data.messages.map(({ text }) => text) : []));
    expect(new Set(shown).size).toBe(shown.length);
    expect(shown.slice(0, 300)).toContain("message 3000");
    expect(shown.indexOf("message 3000")).toBeLessThan(shown.indexOf("message 1"));
    const [hers, his] = [await alice.history(team), await bob.history(team)];
    expect(his.map(({ id }) => id)).toEqual(hers.map(({ id }) => id));
    expect(his.map(({ text }) => text)).toEqual(numbered(1, 3000));
    await world.clock.advance(2_000);
    expect((await alice.history(team)).every(({ delivery }) => delivery?.devices === 1)).toBe(true);
  });

  it("costs little when little is missing", async () => {
    const world = createWorld(12);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(alice, bob);
    await bob.stop();
    await alice.sayAll(team, numbered(1, 20_000));
    // Bob got them long ago: twenty thousand signatures need not be checked for that here.
    const id = (await alice.call("channel.list", { space: team.id })).channels[0]!.id as ChannelId;
    bob.store.putEvents(alice.store.channelEvents(id));
    bob.store.putTimeline(alice.store.timeline(id, {}, 20_000));
    await bob.start();
    await world.until("both say so", async () => (await alice.messages(team)).at(-1)?.delivery?.devices === 1);
    await world.clock.advance(5_000);
    await bob.stop();
    await alice.sayAll(team, numbered(20_001, 20_010));

    const counted = countBytes(world.network, alice.device, bob.device);
    await bob.start();
    await world.until("Bob has the last ten", async () => (await bob.read(team)).at(-1) === "message 20010");
    await world.agree(team, [alice, bob]);
    await world.clock.advance(5_000);
    const { bytes } = counted();
    expect(bytes).toBeLessThan(20_000);
  });

  it("nothing new costs next to nothing, and is not compared again and again", async () => {
    const world = createWorld(13);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(alice, bob);
    await alice.sayAll(team, numbered(1, 500));
    await world.agree(team, [alice, bob]);
    // Sync alone is counted.
    for (const who of [alice, bob]) await who.call("presence.set", { state: "invisible" });
    await world.clock.advance(5_000);
    world.network.breakLink(alice.device, bob.device);
    const counted = countBytes(world.network, alice.device, bob.device);
    await world.until("they are linked again", () => world.network.linked(alice.device, bob.device));
    await world.clock.advance(10 * 60_000);
    const { bytes, frames } = counted();
    expect(frames).toBeLessThanOrEqual(8);
    expect(bytes).toBeLessThan(3_000);
  });

  it("is linked again within seconds of a cut", async () => {
    const world = createWorld(14);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    await world.workspace(alice, bob);
    await world.clock.advance(60_000);
    world.network.breakLink(alice.device, bob.device);
    await world.until("they are linked again", () => world.network.linked(alice.device, bob.device), 3_000);
    await world.clock.advance(1_000);
    expect((await bob.call("space.list", {})).spaces[0]?.connection.connected).toBe(1);
  });
});
