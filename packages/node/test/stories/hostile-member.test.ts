import { encode, encodeContent, encodeControlPayload, encodeFrame, hlcAt, idFromBytes, type ChannelId, type EventId, type SpaceId } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { rawMember } from "./raw-device.ts";
import { type Person, type World, countBytes, createWorld } from "./world.ts";

async function meeting(seed: number) {
  const world = createWorld(seed);
  const [alice, bob, eve] = [await world.person("Alice"), await world.person("Bob"), await world.person("Eve")];
  const team = await world.workspace(alice, bob, eve);
  await world.agree(team, [alice, bob, eve]);
  world.network.cut(bob.device, eve.device);
  const mallory = await rawMember(world, alice, eve, team.id);
  await mallory.enter();
  return { world, alice, bob, eve, team, mallory };
}

const refusals = (who: Person): string[] => who.logs.filter(({ event }) => event === "event.refused").map(({ detail }) => String(detail.why));
const unknown = (name: number): EventId => idFromBytes<EventId>(new Uint8Array(32).fill(name));

async function stillTalk(world: World, alice: Person, bob: Person, team: { id: string }): Promise<void> {
  await bob.say(team.id, "still here");
  await world.until("Alice and Bob still talk", async () => (await alice.read(team.id)).includes("still here"), 5_000);
}

describe("a hostile member", { timeout: 60_000 }, () => {
  it("who writes as the rules have it is heard", async () => {
    const { world, alice, bob, team, mallory } = await meeting(101);
    await mallory.sendEvents(mallory.message("one"), mallory.message("two"));
    expect(await alice.read(team)).toEqual(["one", "two"]);
    await world.until("Bob hears by way of Alice", async () => (await bob.read(team)).length === 2);
    expect(mallory.cut).toBeNull();
  });

  it("sends events that must be refused: each is refused alone, with its reason, and nothing else suffers", async () => {
    const { world, alice, bob, team, mallory } = await meeting(102);
    const good = mallory.message("good");
    const forged = mallory.message("forged", { hlc: good.header.hlc + 5n });
    forged.wire = { ...forged.wire, signature: new Uint8Array(64).fill(1) };
    const swapped = mallory.message("swapped", { hlc: good.header.hlc + 6n });
    swapped.wire = { ...swapped.wire, payload: encodeContent("message", { text: "swopped" }) };
    const padded = mallory.message("padded", { hlc: good.header.hlc + 7n });
    padded.wire = { ...padded.wire, header: new Uint8Array([...padded.wire.header, 0]) };
    await mallory.sendEvents(
      forged,
      swapped,
      padded,
      mallory.message("elsewhere", { space: unknown(1) as SpaceId }),
      mallory.message("no such channel", { channel: unknown(2) as ChannelId }),
      mallory.message("under another's grant", { auth: unknown(3) }),
      mallory.event(encodeContent("message", { text: " " }), {}),
      good,
    );
    expect(await alice.read(team)).toEqual(["good"]);
    expect(refusals(alice)).toEqual(expect.arrayContaining(["wrongly signed", "for another space", "its channel did not exist", "its author was not a member"]));
    expect(alice.logs.filter(({ event }) => event === "event.malformed")).toHaveLength(2);
    expect(mallory.cut).toBeNull();
    await stillTalk(world, alice, bob, team);
  });

  it("takes acts it may not: they are without effect", async () => {
    const { world, alice, bob, team, mallory } = await meeting(103);
    const payload = encodeControlPayload("channel.create", { name: "takeover", type: "text" });
    await mallory.sendEvents(mallory.event(payload, { channel: team.id as ChannelId, kind: "channel.create", seq: 2, prev: unknown(9) }));
    expect((await alice.call("channel.list", { space: team.id })).channels.map(({ name }) => name)).toEqual(["general"]);
    await stillTalk(world, alice, bob, team);
  });

  it("contradicts itself: nothing of it is shown from there on, on any node, however it is told", async () => {
    const { world, alice, bob, team, mallory } = await meeting(104);
    const first = mallory.message("one");
    const fork = mallory.message("another one", { seq: 1, prev: "0".repeat(64) as EventId, hlc: first.header.hlc + 1n });
    const second = mallory.message("two");
    await mallory.sendEvents(first, second);
    await world.until("Bob reads both", async () => (await bob.read(team)).length === 2);
    // Alice knows that Bob holds this feed: what he must hear of is not that there is more of it.
    world.network.breakLink(alice.device, bob.device);
    await world.clock.advance(5_000);
    await mallory.sendEvents(fork);
    expect(await alice.read(team)).toEqual([]);
    await world.until("Bob is shown the proof at once", async () => (await bob.read(team)).length === 0, 5_000);
    const doctor = await alice.call("doctor.run", {});
    expect(doctor.checks.find(({ name }) => name === "devices")?.ok).toBe(false);
    await mallory.sendEvents(mallory.message("three"));
    await world.agree(team, [alice, bob]);
    await stillTalk(world, alice, bob, team);
  });

  it("names a predecessor that contradicts the one held: that too is proof", async () => {
    const { world, alice, bob, team, mallory } = await meeting(105);
    const first = mallory.message("one");
    const second = mallory.message("two", { seq: 2, prev: unknown(7), hlc: first.header.hlc + 1n });
    await mallory.sendEvents(first);
    await world.until("Bob reads it", async () => (await bob.read(team)).length === 1);
    await mallory.sendEvents(second);
    expect(await alice.read(team)).toEqual([]);
    await world.agree(team, [alice, bob]);
    expect(await bob.read(team)).toEqual([]);
    await stillTalk(world, alice, bob, team);
  });

  it("cites control events that nobody has: what waits is bounded, others do not notice, and nobody asks for ever", async () => {
    const { world, alice, bob, team, mallory } = await meeting(106);
    const counted = countBytes(world.network, alice.device, mallory.device);
    const counted2 = countBytes(world.network, alice.device, bob.device);
    for (let batch = 0; batch < 12; batch++) {
      const events = Array.from({ length: 100 }, (_, i) => mallory.message(`x${batch}.${i}`, { ctl: [idFromBytes<EventId>(world.random.bytes(32))], seq: 2 + batch * 100 + i, prev: unknown(5) }));
      mallory.send({ type: "events", alias: 0, request: 0, events: events.map(({ wire }) => wire) });
      await world.clock.advance(50);
    }
    await stillTalk(world, alice, bob, team);
    await world.clock.advance(10 * 60_000);
    const waiting = (await alice.call("doctor.run", {})).checks.find(({ name }) => name === "messages");
    expect(waiting?.ok).toBe(false);
    expect(mallory.of("get").length).toBeLessThanOrEqual(12);
    expect(counted().frames).toBeLessThan(60);
    expect(counted2().frames).toBeLessThan(60);
  });

  it("claims to hold what it refuses to give, and gives what is refused: no endless asking", async () => {
    const { world, alice, team, mallory } = await meeting(107);
    const counted = countBytes(world.network, alice.device, mallory.device);
    const bad = mallory.message("bad", { auth: unknown(3) });
    mallory.send({
      type: "holdings", alias: 0, complete: true, through: 5, final: true,
      rows: [{ channel: mallory.channel, device: mallory.device, ranges: [[1, 50]], tip: bad.id, forks: [] }],
    });
    await world.clock.advance(1_000);
    for (const want of mallory.of("want")) {
      mallory.send({ type: "events", alias: 0, request: want.request, events: [bad.wire] });
      mallory.send({ type: "end", alias: 0, request: want.request, missing: [] });
    }
    await world.clock.advance(10 * 60_000);
    expect(counted().frames).toBeLessThan(20);
    expect(await alice.read(team)).toEqual([]);
  });

  it("floods with wants and gets: it is cut off or answered, and the others go on", async () => {
    const { world, alice, bob, team, mallory } = await meeting(108);
    await alice.sayAll(team, Array.from({ length: 300 }, (_, i) => `${i}`));
    for (let request = 1; request <= 200; request++) {
      mallory.send({ type: "want", alias: 0, request, channel: mallory.channel, ranges: [{ device: alice.device, from: 1, to: 300 }], credit: 0 });
    }
    await world.clock.advance(1_000);
    expect(mallory.cut).not.toBeNull();
    expect(mallory.of("bye")[0]?.code).toBe("out-of-order");
    await stillTalk(world, alice, bob, team);
  });

  it("sends frames that are none: it is told so and cut off", async () => {
    const cases: [string, Uint8Array, string][] = [
      ["random bytes", new Uint8Array(100).fill(0xff), "malformed"],
      ["nothing", new Uint8Array(0), "malformed"],
      ["an unknown number", encode([99, 1]), "malformed"],
      ["a non-canonical number", new Uint8Array([0x82, 0x18, 0x0f, 0x01]), "malformed"],
      ["a frame cut short", encodeFrame({ type: "ping", value: 7 }).slice(0, 1), "malformed"],
      ["a second greeting", encodeFrame({ type: "hello", versions: [1], nonce: new Uint8Array(16), time: 1, agent: "" }), "out-of-order"],
    ];
    for (const [index, [what, bytes, code]] of cases.entries()) {
      const { world, alice, bob, team, mallory } = await meeting(120 + index);
      mallory.send(bytes);
      await world.clock.advance(500);
      expect([what, mallory.of("bye")[0]?.code]).toEqual([what, code]);
      expect(mallory.cut).not.toBeNull();
      await stillTalk(world, alice, bob, team);
    }
  });

  it("writes a kind nobody knows: it is kept, shown by its text, and passed on", async () => {
    const { world, alice, bob, team, mallory } = await meeting(109);
    await mallory.sendEvents(mallory.event(encode(new Map([["text", "A raffle: tea or coffee?"]])), { kind: "raffle" }));
    await world.until("Bob has it from Alice", async () => (await bob.messages(team)).length === 1);
    for (const who of [alice, bob]) {
      expect((await who.messages(team))[0]).toMatchObject({ kind: "raffle", known: false, text: "A raffle: tea or coffee?" });
    }
  });

  it("stamps a message 100,000 years ahead: it is shown at its arrival, and nobody follows", async () => {
    const { world, alice, bob, team, mallory } = await meeting(110);
    await mallory.sendEvents(mallory.message("from beyond", { hlc: hlcAt(2 ** 46) }));
    await world.until("Bob has it", async () => (await bob.messages(team)).length === 1);
    await bob.say(team, "now");
    await world.clock.advance(5 * 60_000);
    expect((await alice.messages(team)).map(({ text }) => text)).toEqual(["from beyond", "now"]);
    expect((await alice.messages(team))[0]?.wrongClock).toBe(true);
    expect(Math.abs((await alice.messages(team))[1]!.time - alice.clock.now())).toBeLessThan(10 * 60_000);
  });
});
