import { type ChannelId, type DeviceId, type EventId, type HoldingsRow, encodeContent, idFromBytes } from "@multichat/protocol";
import { StoreError, type Store } from "@multichat/core/ports";
import { createMemoryStore } from "@multichat/testing/store";
import { describe, expect, it } from "vitest";
import { createMemoryVault } from "../../src/engine/vault.ts";
import { rawDevice, rawMember } from "./raw-device.ts";
import { createWorld } from "./world.ts";

const unknown = (name: number): EventId => idFromBytes<EventId>(new Uint8Array(32).fill(name));
const row = (channel: ChannelId, device: DeviceId, to: number): HoldingsRow => ({ channel, device, ranges: [[1, to]], tip: unknown(7), forks: [] });

describe("a peer that does not play fair", { timeout: 60_000 }, () => {
  it("gets nothing of another space, whatever channel it names", async () => {
    const world = createWorld(201);
    const [alice, bob, eve] = [await world.person("Alice"), await world.person("Bob"), await world.person("Eve")];
    const shared = await world.workspace(alice, eve);
    const { space: board } = await alice.call("space.create", { name: "Board" });
    await world.join(bob, await world.invite(alice, board));
    await alice.say(board, "not for Eve");
    await world.agree(shared, [alice, eve]);
    const channel = (await alice.call("channel.list", { space: board.id })).channels[0]!.id as ChannelId;
    const mallory = await rawMember(world, alice, eve, shared.id);
    await mallory.enter();
    mallory.received.length = 0;
    for (const [request, name] of [[7, channel], [8, board.id as string as ChannelId]] as const) {
      mallory.send({ type: "want", alias: 0, request, channel: name, ranges: [alice, bob].map(({ device }) => ({ device, from: 1, to: 2 ** 50 })), credit: 1000 });
    }
    await world.clock.advance(500);
    expect(mallory.of("events")).toEqual([]);
    expect(mallory.of("end").map(({ request }) => request)).toEqual([7, 8]);
  });

  it.each(["invite-revoked", "ok"] as const)("and only says a joiner's tags back, with %s, learns nothing and spoils nothing", async (code) => {
    const world = createWorld(202);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const { space } = await alice.call("space.create", { name: "Team" });
    const link = await world.invite(alice, space);
    await alice.stop();
    await bob.call("join.start", { link });
    const eve = await rawDevice(world, bob, world.random.bytes(32));
    await eve.greet();
    const tags = eve.of("tags").flatMap((frame) => frame.tags);
    for (const tag of tags) eve.send({ type: "invited", tag });
    for (const tag of tags) eve.send({ type: "admission", tag, code, secret: code === "ok" ? new Uint8Array(32) : null, events: 0 });
    await world.clock.advance(500);
    expect(eve.of("join")).toEqual([]);
    expect((await bob.call("join.list", {})).joins[0]).toMatchObject({ step: "finding" });
    await alice.start();
    await world.until("Bob is in", async () => (await bob.call("join.list", {})).joins[0]?.step === "done", 120_000);
  });

  it("and says it holds everything, but never gives it, keeps nothing from those whom others would give it", async () => {
    const world = createWorld(203);
    const [alice, bob, eve, carol] = [await world.person("Alice"), await world.person("Bob"), await world.person("Eve"), await world.person("Carol")];
    const team = await world.workspace(alice, bob, eve, carol);
    await world.agree(team, [alice, bob, eve, carol]);
    await bob.stop();
    await carol.sayAll(team, ["one", "two", "three"]);
    await world.agree(team, [alice, carol]);
    await alice.stop();
    await carol.stop();
    await bob.start();
    const mallory = await rawMember(world, bob, eve, team.id);
    await mallory.enter();
    const rows = [alice, carol].flatMap(({ device }) => [row(mallory.channel, device, 2 ** 30), row(team.id as string as ChannelId, device, 2 ** 50)]);
    mallory.send({ type: "holdings", alias: 0, complete: false, through: 5, final: true, rows });
    await world.clock.advance(500);
    const missing = async (): Promise<number> => (await bob.call("space.list", {})).spaces[0]!.connection.missing;
    expect(await missing()).toBeLessThan(1_000_000);
    await alice.start();
    await world.until("Bob has it from Alice", async () => (await bob.read(team)).length === 3, 30_000);
    await world.clock.advance(30_000);
    expect(await missing()).toBe(0);
    expect(mallory.cut).toBeNull();
  });

  it("and takes nothing of what it asks for does not fill this node's memory; who takes it gets it all", async () => {
    const world = createWorld(204);
    const [alice, eve] = [await world.person("Alice"), await world.person("Eve")];
    const team = await world.workspace(alice, eve);
    await world.agree(team, [alice, eve]);
    const mallory = await rawMember(world, alice, eve, team.id);
    await mallory.enter();
    mallory.send({ type: "bye", code: "stopped", text: "" });
    await world.clock.advance(1_000);
    await alice.sayAll(team, Array.from({ length: 120 }, (_, i) => String(i % 10).repeat(40_000)));
    await mallory.enter();
    mallory.received.length = 0;
    mallory.bytes.length = 0;
    mallory.send({ type: "want", alias: 0, request: 1, channel: mallory.channel, ranges: [{ device: alice.device, from: 1, to: 500 }], credit: 1_000 });
    await world.clock.advance(5_000);
    const size = (): number => mallory.bytes.reduce((sum, { length }) => sum + length, 0);
    expect(size()).toBeGreaterThan(900_000);
    expect(size()).toBeLessThan(1_200_000);
    let answered = 0;
    await world.until("all is served as it is taken", () => {
      for (const { value } of mallory.of("ping").slice(answered)) {
        mallory.send({ type: "pong", value });
        answered++;
      }
      return mallory.of("end").length === 1;
    });
    expect(mallory.of("events").flatMap(({ events }) => events)).toHaveLength(120);
  });

  it("is not asked again and again for what it says it does not hold", async () => {
    const world = createWorld(205);
    const [alice, eve] = [await world.person("Alice"), await world.person("Eve")];
    const team = await world.workspace(alice, eve);
    await world.agree(team, [alice, eve]);
    const mallory = await rawMember(world, alice, eve, team.id);
    await mallory.enter();
    const event = mallory.event(encodeContent("message", { text: "on what nobody knows" }), { ctl: [unknown(9)] });
    for (let i = 0; i < 5; i++) {
      await mallory.sendEvents(event);
      for (const { request, ids } of mallory.of("get")) if (i === 0) mallory.send({ type: "end", alias: 0, request, missing: ids });
      await world.clock.advance(200);
    }
    expect(mallory.of("get").filter(({ ids }) => ids.includes(unknown(9)))).toHaveLength(1);
  });

  it("and has nothing in common is let go after a minute, but not by one who wants to join", async () => {
    const world = createWorld(206);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const { space } = await alice.call("space.create", { name: "Team" });
    const link = await world.invite(alice, space);
    await alice.stop();
    const [first, second] = [await rawDevice(world, bob, world.random.bytes(32)), await rawDevice(world, bob, world.random.bytes(32))];
    await first.greet();
    await world.clock.advance(50_000);
    expect(first.cut).toBeNull();
    await world.clock.advance(11_000);
    expect(first.of("bye")).toMatchObject([{ code: "other" }]);
    expect(first.cut).not.toBeNull();
    await bob.call("join.start", { link });
    await second.greet();
    await world.clock.advance(120_000);
    expect(second.cut).toBeNull();
  });
});

describe("a write that fails", { timeout: 60_000 }, () => {
  it.each([0, 50, 3_000])("loses nothing, even when the link goes on for another %i ms", async (closeMs) => {
    const world = createWorld(207);
    const join = world.network.join.bind(world.network);
    // The thread that holds the links hears of it later.
    world.network.join = (...args) => {
      const links = join(...args);
      const close = links.close.bind(links);
      links.close = (device, reason) => void world.clock.after(closeMs, () => close(device, reason));
      return links;
    };
    const alice = await world.person("Alice");
    const inner = createMemoryStore({ random: world.random.fork("store") });
    let failures = 0;
    const store: Store = {
      ...inner,
      putEvents(events) {
        if (failures > 0 && events.some(({ kind }) => kind === "message")) {
          failures--;
          throw new StoreError("full", "no space left");
        }
        return inner.putEvents(events);
      },
    };
    const bob = await world.person("Bob", { folder: { vault: createMemoryVault(), store } });
    await bob.call("account.create", { name: "Bob" });
    const team = await world.workspace(alice, bob);
    await alice.say(team, "before");
    await world.agree(team, [alice, bob]);
    await bob.stop();
    await alice.sayAll(team, Array.from({ length: 20 }, (_, i) => `missed ${i}`));
    failures = 1;
    await bob.start();
    await world.until("Bob has all", async () => (await bob.read(team)).length === 21);
    expect(failures).toBe(0);
  });
});
