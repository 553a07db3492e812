import { rawMember } from "./raw-device.ts";
import { createNodeCrypto } from "@multichat/crypto";
import { signRecord } from "@multichat/core";
import { type AccountId, type DeviceId, type SignedRecord, decodeFrame, encodeAck, encodeFrame, fromHex } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { linkDevice } from "./linked-device.ts";
import { type Person, type World, createWorld } from "./world.ts";

const crypto = createNodeCrypto();

/** Puts records into the next `records` frame from one to the other. */
function slipIn(world: World, from: Person, to: Person, records: SignedRecord[]): () => boolean {
  let done = false;
  world.network.tap((frame, a, b) => {
    const decoded = decodeFrame(frame);
    if (done || a !== from.device || b !== to.device || !decoded.ok || decoded.value.type !== "records") return frame;
    done = true;
    return [encodeFrame({ ...decoded.value, records }), frame];
  });
  return () => done;
}

describe("what delivery says", { timeout: 60_000 }, () => {
  it("offline: stored here, on none of the others, and in words", async () => {
    const world = createWorld(91);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice, bob);
    await bob.stop();
    await world.clock.advance(15_000);
    const sent = await alice.say(team, "anybody?");
    expect(sent.delivery).toEqual({ stored: true, devices: 0, of: 1 });
    await world.clock.advance(60_000);
    expect((await alice.messages(team))[0]?.delivery).toEqual({ stored: true, devices: 0, of: 1 });
    expect((await alice.call("space.list", {})).spaces[0]?.connection).toMatchObject({ connected: 0, of: 1 });
    await bob.start();
    await world.until("Bob has it", async () => (await alice.messages(team))[0]?.delivery?.devices === 1);
  });

  it("is the same on the writer's other device, which has it itself and is told of the others", async () => {
    const world = createWorld(96);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice, bob);
    const phone = await linkDevice(world, alice, "Alice's phone");
    await world.until("the phone is in the workspace", async () => (await phone.call("space.list", {})).spaces.length === 1);
    await bob.stop();
    await world.clock.advance(15_000);
    const { channel } = await alice.say(team, "from the laptop");
    await phone.call("watch", { channels: [channel] });
    await world.until("the phone has it", async () => (await phone.read(team)).length === 1);
    expect((await phone.messages(team))[0]?.delivery).toEqual({ stored: true, devices: 1, of: 2 });
    const told = (): unknown => phone.pushes.flatMap((push) => (push.push === "delivery" ? push.data.updates : [])).at(-1)?.delivery;
    await bob.start();
    await world.until("Alice hears that Bob has it", async () => (await alice.messages(team))[0]?.delivery?.devices === 2);
    await world.until("and so does the phone", () => told() !== undefined);
    expect(told()).toEqual({ stored: true, devices: 2, of: 2 });
  });

  it("counts nothing before the acknowledgement is there, however surely the message arrived", async () => {
    const world = createWorld(92);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice, bob);
    await world.agree(team, [alice, bob]);
    world.network.tap((frame, from) => {
      const decoded = decodeFrame(frame);
      return from === bob.device && decoded.ok && decoded.value.type === "records" ? null : frame;
    });
    await alice.say(team, "hello");
    await world.until("Bob reads it", async () => (await bob.read(team)).length === 1);
    await world.clock.advance(30_000);
    expect((await alice.messages(team))[0]?.delivery?.devices).toBe(0);
  });

  it("is said after all when Bob's node ended between storing and saying so", async () => {
    const world = createWorld(93);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice, bob);
    await world.agree(team, [alice, bob]);
    await alice.say(team, "one");
    await world.until("acknowledged", async () => (await alice.messages(team))[0]?.delivery?.devices === 1);
    await alice.say(team, "two");
    await world.until("Bob has it", async () => (await bob.read(team)).length === 2);
    await bob.kill();
    expect((await alice.messages(team))[1]?.delivery?.devices).toBe(0);
    await bob.start();
    await world.until("Alice hears of it", async () => (await alice.messages(team))[1]?.delivery?.devices === 1);
  });

  it("ignores acknowledgements that are forged, of devices not bound, about other spaces, or stale", async () => {
    const world = createWorld(94);
    const [alice, bob, eve] = [await world.person("Alice"), await world.person("Bob"), await world.person("Eve")];
    const team = await world.workspace(alice, bob);
    const channel = (await alice.call("channel.list", { space: team.id })).channels[0]!.id;
    await alice.say(team, "one");
    await world.until("acknowledged", async () => (await alice.messages(team))[0]?.delivery?.devices === 1);
    await world.clock.advance(5_000);
    const old = bob.store.records(team.id, "ack")[0]!;
    world.network.cut(alice.device, bob.device);
    await world.clock.advance(15_000);
    await alice.say(team, "two");

    const claim = (who: Person, device: DeviceId, over: object = {}): SignedRecord => {
      const secrets = who.vault.load()!;
      const body = { scope: team.id, account: secrets.account!.id, device, type: "ack", key: fromHex(channel), hlc: 2n ** 60n, value: encodeAck([{ device: alice.device, ranges: [[1, 99]] }]), ...over };
      const { bytes, signature } = signRecord(crypto, secrets.device.signingSeed, body as never);
      return { record: bytes, signature };
    };
    const forged = claim(eve, bob.device, { account: bob.vault.load()!.account!.id });
    const unbound = claim(eve, eve.device);
    const borrowed = claim(eve, eve.device, { account: bob.vault.load()!.account!.id as AccountId });
    const elsewhere = claim(bob, bob.device, { scope: "ab".repeat(32) });
    const garbled = { record: forged.record.slice(0, 20), signature: forged.signature };
    const huge = claim(bob, bob.device, { key: new Uint8Array(32).fill(7), value: new Uint8Array(60_000) });
    const slipped = slipIn(world, bob, alice, [forged, unbound, borrowed, elsewhere, garbled, { record: old.bytes, signature: old.signature }, huge]);
    // Nothing of the content reaches Bob, so nothing is due to be acknowledged.
    world.network.tap((frame, from, to) => {
      const decoded = decodeFrame(frame);
      return from === alice.device && to === bob.device && decoded.ok && decoded.value.type === "events" ? null : frame;
    });
    world.network.heal();
    await world.until("they were sent", slipped);
    await world.clock.advance(10_000);
    const [first, second] = await alice.messages(team);
    expect(first?.delivery).toEqual({ stored: true, devices: 1, of: 1 });
    expect(second?.delivery).toEqual({ stored: true, devices: 0, of: 1 });
    // Nor do strangers' records take room.
    expect(new Set(alice.store.records(team.id).map(({ device }) => device))).toEqual(new Set([bob.device]));
  });

  it("keeps of each device only its share of records", async () => {
    const world = createWorld(95);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice, bob);
    await world.agree(team, [alice, bob]);
    const mallory = await rawMember(world, alice, bob, team.id);
    await mallory.enter();
    const { device, account } = bob.vault.load()!;
    const claim = (name: number, size: number, over: object): SignedRecord => {
      const body = { scope: account!.id, account: account!.id, device: device.id, type: "x", key: new Uint8Array([name >> 8, name & 255]), hlc: 1n, value: new Uint8Array(size), ...over };
      const { bytes, signature } = signRecord(crypto, device.signingSeed, body as never);
      return { record: bytes, signature };
    };
    const send = async (records: SignedRecord[]): Promise<void> => {
      for (let i = 0; i < records.length; i += 3) mallory.send({ type: "records", alias: 0, records: records.slice(i, i + 3) });
      await world.clock.advance(500);
    };
    await send(Array.from({ length: 400 }, (_, i) => claim(i, 10, {})));
    expect(alice.store.records(account!.id).length).toBeLessThanOrEqual(256);
    await send(Array.from({ length: 40 }, (_, i) => claim(i, 65_000, { scope: team.id })));
    const held = alice.store.records(team.id).filter((record) => record.device === device.id);
    expect(held.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThanOrEqual(1024 * 1024);
    const before = alice.store.records(team.id, "ack").length;
    await send(Array.from({ length: 10 }, (_, i) => claim(i, 1, { scope: team.id, type: "ack", key: new Uint8Array(32).fill(i), value: encodeAck([]) })));
    expect(alice.store.records(team.id, "ack")).toHaveLength(before);
    // What it replaces makes room.
    await send([claim(1, 20, { hlc: 2n })]);
    expect(alice.store.records(account!.id).find(({ key }) => key[1] === 1 && key[0] === 0)?.hlc).toBe(2n);
  });
});
