/** Members who would have a root key that nobody gave them, or keep others from it (spec/07-records-and-invites.md, Root keys). */
import { commitment, createReplica, lastSeq, signRecord } from "@multichat/core";
import type { Ownership, Space } from "@multichat/client/contract";
import {
  type AccountId,
  type ChannelId,
  type DeviceId,
  type EventId,
  type RootRequest,
  type SpaceId,
  compareBytes,
  decodeRecord,
  decodeRootRequest,
  encode,
  encodeControlPayload,
  encodeRootApprovals,
  encodeRootRequest,
  fromHex,
  toHex,
  zeroId,
} from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { statementOf, successorsPolicy, successorsText } from "../../src/engine/governing/root-keys.ts";
import type { Space as EngineSpace } from "../../src/engine/joining/spaces.ts";
import { linkDevice } from "./linked-device.ts";
import { give } from "./people.ts";
import { type RawMember, rawCrypto as crypto, rawMember } from "./raw-device.ts";
import { type Person, type World, createWorld } from "./world.ts";

const noKey = new Uint8Array(0);
const seedOf = (who: Person): Uint8Array => who.vault.load()!.account!.identitySeed!;
const accountOf = (who: Person): AccountId => who.vault.load()!.account!.id;
const keyOf = (who: Person): Uint8Array => crypto.publicKey(seedOf(who));
const ownership = async (who: Person, space: Space): Promise<Ownership> => (await who.call("ownership.get", { space: space.id })).ownership;
const approvedBy = async (who: Person, space: Space): Promise<string[] | undefined> => (await ownership(who, space)).requests[0]?.approvedBy.map(({ name }) => name).sort();

interface Scene {
  world: World;
  space: Space;
  alice: Person;
  bob: Person;
  carol: Person;
  dora: Person;
  eve: Person;
  /** Ascending, as a rotation has them. */
  keys: Uint8Array[];
  people: Person[];
}

/** Two of Bob, Carol and Dora may take over from Alice; Eve belongs to the workspace. */
async function scene(seed: number, role?: string): Promise<Scene> {
  const world = createWorld(seed);
  const [alice, bob, carol, dora, eve] = [await world.person("Alice"), await world.person("Bob"), await world.person("Carol"), await world.person("Dora"), await world.person("Eve")];
  const space = await world.workspace(alice, bob, carol, dora, eve);
  await world.agree(space, [alice, bob, carol, dora, eve]);
  if (role !== undefined) await give(alice, space, "Eve", role);
  const accounts = [bob, carol, dora].map(accountOf);
  await alice.call("ownership.set-recovery", { space: space.id, accounts, needed: 2 });
  await world.agree(space, [alice, bob, carol, dora, eve]);
  return { world, space, alice, bob, carol, dora, eve, keys: [bob, carol, dora].map(keyOf).sort(compareBytes), people: [alice, bob, carol, dora] };
}

interface Mallory {
  raw: RawMember;
  /** Signed by Eve's device, whatever it says. */
  record(of: { type: string; key?: Uint8Array; value: Uint8Array; account?: AccountId; hlc?: bigint }, signer?: { seed: Uint8Array; device: DeviceId }): Promise<void>;
}

/** Eve goes on by hand, linked with one person. */
async function turned({ world, space, eve }: Scene, to: Person): Promise<Mallory> {
  const raw = await rawMember(world, to, eve, space.id);
  await raw.enter();
  const { device, account } = eve.vault.load()!;
  let stamp = 2n ** 60n;
  return {
    raw,
    async record(of, signer = { seed: device.signingSeed, device: device.id }) {
      const { bytes, signature } = signRecord(crypto, signer.seed, { scope: space.id, account: account!.id, device: signer.device, key: noKey, hlc: stamp++, ...of });
      raw.send({ type: "records", alias: 0, records: [{ record: bytes, signature }] });
      await world.clock.advance(300);
    },
  };
}

const replicaOf = (who: Person, space: Space) => createReplica({ store: who.store, crypto, self: { device: who.device, account: accountOf(who) } }, space.id as SpaceId, 0);

/** What somebody would have to ask for, true to the rules. */
function rightRequest(who: Person, space: Space): RootRequest {
  const replica = replicaOf(who, space);
  const feed = replica.feeds.get(space.id as SpaceId, who.device);
  return { generation: 2, next: commitment(crypto, [keyOf(who)]), heads: replica.log.heads().slice(0, 4).sort(), seq: (feed === null ? 0 : lastSeq(feed)) + 1 };
}

function askedBy(who: Person, space: Space): RootRequest {
  const record = who.store.records(space.id, "root-request").find(({ device }) => device === who.device)!;
  const body = decodeRecord(record.bytes);
  const request = body.ok ? decodeRootRequest(body.value.value) : null;
  if (!request?.ok || request.value === null) throw new Error(`${who.name} asks for nothing`);
  return request.value;
}

interface Signed extends RootRequest {
  space: string;
  device: DeviceId;
  keys: Uint8Array[];
  k: number;
}

function statement({ space, generation, keys, k, next, heads, device, seq }: Signed): Uint8Array {
  return statementOf(crypto, { id: space } as EngineSpace, generation, "root.rotate", { generation, keys, k, next }, { ctl: heads, device, seq });
}

describe("a hostile member and the root key", { timeout: 60_000 }, () => {
  it("forges requests: for somebody else, for another place, for a key that is not theirs: none is shown", async () => {
    const all = await scene(1301);
    const { space, bob, eve, alice, world } = all;
    const mallory = await turned(all, bob);
    const right = rightRequest(eve, space);
    const genesis = space.id as string as EventId;
    const shown = async (): Promise<string[]> => (await ownership(bob, space)).requests.map(({ by }) => by.name);
    const wrong: Record<string, Parameters<Mallory["record"]>[0]> = {
      "in Alice's name": { type: "root-request", account: accountOf(alice), value: encodeRootRequest({ ...right, next: commitment(crypto, [keyOf(alice)]) }) },
      "that gives the key to somebody else": { type: "root-request", value: encodeRootRequest({ ...right, next: commitment(crypto, [keyOf(alice)]) }) },
      "of the generation in force": { type: "root-request", value: encodeRootRequest({ ...right, generation: 1 }) },
      "of a generation far ahead": { type: "root-request", value: encodeRootRequest({ ...right, generation: 2 ** 53 - 1 }) },
      "for a place that is taken": { type: "root-request", value: encodeRootRequest({ ...right, seq: right.seq - 1 }) },
      "for a place that comes later": { type: "root-request", value: encodeRootRequest({ ...right, seq: right.seq + 1 }) },
      "upon what nobody has": { type: "root-request", value: encodeRootRequest({ ...right, heads: [toHex(crypto.sha256(noKey)) as EventId] }) },
      "upon heads under which it could never stand": { type: "root-request", value: encodeRootRequest({ ...right, heads: [genesis] }) },
      "with a key": { type: "root-request", key: new Uint8Array(32), value: encodeRootRequest(right) },
      "that is none": { type: "root-request", value: new Uint8Array(65_000).fill(0x81) },
    };
    for (const [what, record] of Object.entries(wrong)) {
      await mallory.record(record);
      expect({ what, shown: await shown() }).toEqual({ what, shown: [] });
    }
    const nobody = crypto.sha256(new Uint8Array(1));
    await mallory.record({ type: "root-request", value: encodeRootRequest(right) }, { seed: nobody, device: toHex(crypto.publicKey(nobody)) as DeviceId });
    expect(await shown(), "of a device that is nobody's").toEqual([]);
    // Asking is everybody's right. Who was removed has lost it.
    await mallory.record({ type: "root-request", value: encodeRootRequest(right) });
    expect(await shown()).toEqual(["Eve"]);
    await alice.call("member.kick", { space: space.id, account: accountOf(eve) });
    await world.until("Bob hears that Eve is gone", async () => !(await bob.members(space)).includes("Eve"));
    expect(await shown(), "of somebody removed").toEqual([]);
    await mallory.record({ type: "root-request", value: encodeRootRequest(right), hlc: 2n ** 62n });
    expect(await shown(), "of somebody removed, asked again").toEqual([]);
  });

  it("forges and replays approvals: none counts, and nobody counts twice", async () => {
    const all = await scene(1302);
    const { space, bob, carol, dora, eve, alice, keys } = all;
    await bob.call("ownership.request", { space: space.id });
    const request = (await ownership(bob, space)).requests[0]!.id;
    await bob.call("ownership.approve", { space: space.id, request });
    const mallory = await turned(all, bob);
    const right: Signed = { ...askedBy(bob, space), space: space.id, device: bob.device, keys, k: 2 };
    expect(toHex(crypto.sha256(statement(right)))).toBe(request);
    const by = (who: Person, change: Partial<Signed> = {}): [Uint8Array, Uint8Array] => [keyOf(who), crypto.sign(seedOf(who), statement({ ...right, ...change }))];
    const give = (...rows: [Uint8Array, Uint8Array][]) => mallory.record({ type: "root-approval", key: fromHex(request), value: encodeRootApprovals(rows) });
    const wrong: Record<string, [Uint8Array, Uint8Array][]> = {
      "by somebody who may not": [by(eve)],
      "by who holds the key now": [by(alice)],
      "in Carol's and Dora's names": [[keyOf(carol), by(eve)[1]], [keyOf(dora), by(eve)[1]]],
      "Carol's for another workspace": [by(carol, { space: toHex(crypto.sha256(noKey)) })],
      "Carol's for another place": [by(carol, { seq: right.seq + 1 })],
      "Carol's upon other heads": [by(carol, { heads: [space.id as string as EventId] })],
      "Carol's for another generation": [by(carol, { generation: 1 })],
      "Carol's for another device": [by(carol, { device: eve.device })],
      "Carol's for somebody else's key": [by(carol, { next: commitment(crypto, [keyOf(eve)]) })],
      "Carol's when others were named": [by(carol, { keys: keys.slice(0, 2) })],
      "Carol's when one was enough": [by(carol, { k: 1 })],
      "Bob's own once more": [by(bob)],
    };
    for (const [what, rows] of Object.entries(wrong)) {
      await give(...rows);
      expect({ what, by: await approvedBy(bob, space) }).toEqual({ what, by: ["Bob"] });
    }
    for (const value of [encode([]), encode([[keyOf(carol), new Uint8Array(63)]]), encode([by(carol), by(carol)]), encode(Array.from({ length: 9 }, (_, i) => [new Uint8Array(32).fill(i), new Uint8Array(64)])), new Uint8Array(65_000)]) {
      await mallory.record({ type: "root-approval", key: fromHex(request), value });
      expect(await approvedBy(bob, space)).toEqual(["Bob"]);
    }
    await expect(bob.call("ownership.take", { space: space.id, keep: true })).rejects.toMatchObject({ code: "not-allowed" });
    // What Carol has truly signed counts, whoever brings it.
    await give(by(carol));
    expect(await approvedBy(bob, space)).toEqual(["Bob", "Carol"]);
    await bob.call("ownership.take", { space: space.id, keep: true });
  });

  it("two devices of one holder agree once", async () => {
    const { world, space, bob, carol, people } = await scene(1303);
    const phone = await linkDevice(world, carol, "Carol's phone");
    await world.until("the phone is in", async () => (await phone.call("space.list", {})).spaces.some(({ id }) => id === space.id));
    await bob.call("ownership.request", { space: space.id });
    await world.agree(space, [...people, phone]);
    const { id: request } = (await ownership(carol, space)).requests[0]!;
    const words = (await carol.call("account.phrase", {})).words;
    for (const device of [carol, phone]) await device.call("ownership.approve", { space: space.id, request, words });
    await world.agree(space, [...people, phone]);
    expect(bob.store.records(space.id, "root-approval")).toHaveLength(2);
    expect(await approvedBy(bob, space)).toEqual(["Carol"]);
    await expect(bob.call("ownership.take", { space: space.id, keep: true })).rejects.toMatchObject({ code: "not-allowed" });
  });

  it("says by policies that others may take over: who may is as the root said first, even if its key was stolen since", async () => {
    const all = await scene(1304, "Admin");
    const { world, space, alice, bob, carol, dora, eve, keys } = all;
    const mallory = await turned(all, bob);
    const before = (await ownership(bob, space)).recovery;
    const replica = replicaOf(eve, space);
    const feed = replica.feeds.get(space.id as SpaceId, eve.device);
    const place = { channel: space.id as string as ChannelId, kind: "policy.set", seq: (feed === null ? 0 : lastSeq(feed)) + 1, prev: feed?.tip ?? (zeroId as unknown as EventId) };
    let at = place;
    const say = async (value: string, signer: { seed: Uint8Array; generation: number } | null): Promise<void> => {
      const payload = { key: successorsPolicy, value };
      const ctl = at === place ? replica.log.heads() : [at.prev];
      const signed = signer && crypto.sign(signer.seed, statementOf(crypto, { id: space.id } as EngineSpace, signer.generation, "policy.set", payload, { ctl, device: eve.device, seq: at.seq }));
      const root = signer && { generation: signer.generation, signatures: [[crypto.publicKey(signer.seed), signed!] as [Uint8Array, Uint8Array]] };
      const event = mallory.raw.event(encodeControlPayload("policy.set", payload, root), { ...at, ctl, ...(root === null ? {} : { auth: space.id as string as EventId }) });
      await mallory.raw.sendEvents(event);
      expect(replicaOf(bob, space).log.has(event.id)).toBe(true);
      at = { ...at, seq: at.seq + 1, prev: event.id };
      expect((await ownership(bob, space)).recovery).toEqual(before);
    };
    const hers = successorsText([{ account: accountOf(eve), key: keyOf(eve) }]);
    const swapped = successorsText(keys.map((key) => ({ account: accountOf(eve), key })));
    await say(hers, null);
    await say(swapped, null);
    await say(swapped, { seed: seedOf(eve), generation: 1 });
    // With the key that is in force, stolen from Alice.
    await say(hers, { seed: seedOf(alice), generation: 1 });
    await say(swapped, { seed: seedOf(alice), generation: 1 });

    await bob.call("ownership.request", { space: space.id });
    await world.agree(space, [bob, carol, dora]);
    const request = (await ownership(carol, space)).requests[0]!.id;
    for (const one of [carol, dora]) await one.call("ownership.approve", { space: space.id, request });
    await world.until("both have agreed", async () => (await approvedBy(bob, space))?.length === 2);
    await bob.call("ownership.take", { space: space.id });
    await world.agree(space, [bob, carol, dora]);
    expect((await ownership(carol, space)).owners.map(({ name }) => name)).toEqual(["Bob"]);
  });

  it("keeps an approval for later: it is worth nothing once the holders were changed", async () => {
    const { world, space, bob, carol, dora, people, eve, keys } = await scene(1305);
    await dora.call("ownership.request", { space: space.id });
    await bob.call("ownership.request", { space: space.id });
    await world.agree(space, [...people, eve]);
    const { requests } = await ownership(carol, space);
    expect(requests).toHaveLength(2);
    const saved = askedBy(dora, space);
    for (const { id: request } of requests) for (const one of [bob, carol]) await one.call("ownership.approve", { space: space.id, request });
    await world.agree(space, [...people, eve]);
    await bob.call("ownership.take", { space: space.id, anew: true });
    await world.agree(space, [...people, eve]);
    for (const one of people) expect((await ownership(one, space)).requests).toEqual([]);
    await expect(dora.call("ownership.take", { space: space.id })).rejects.toMatchObject({ code: "not-allowed" });

    // By hand she writes it all the same, at the place and upon the heads that they signed for.
    const mallory = await rawMember(world, bob, dora, space.id);
    await mallory.enter();
    const { generation, next, heads, seq } = saved;
    const signed = statement({ ...saved, space: space.id, device: dora.device, keys, k: 2 });
    const signatures = [bob, carol].map((one): [Uint8Array, Uint8Array] => [keyOf(one), crypto.sign(seedOf(one), signed)]).sort(([x], [y]) => compareBytes(x, y));
    const prev = replicaOf(dora, space).feeds.get(space.id as SpaceId, dora.device)?.tip ?? (zeroId as unknown as EventId);
    const rotation = mallory.event(encodeControlPayload("root.rotate", { generation, keys, k: 2, next }, { generation, signatures }), {
      channel: space.id as string as ChannelId, kind: "root.rotate", seq, prev, ctl: heads, auth: space.id as string as EventId,
    });
    await mallory.sendEvents(rotation);
    const replica = replicaOf(bob, space);
    expect(replica.log.has(rotation.id)).toBe(true);
    expect(replica.state()!.void.get(rotation.id)).toBe("another rotation came first");
    expect((await ownership(bob, space)).holders.map(({ person }) => person?.name)).toEqual(["Bob"]);
  });

  it("floods: what is kept is bounded, and the request of another is approved as ever", async () => {
    const all = await scene(1306);
    const { world, space, bob, carol, eve } = all;
    const mallory = await turned(all, bob);
    await bob.call("ownership.request", { space: space.id });
    const request = (await ownership(bob, space)).requests[0]!.id;
    const right = rightRequest(eve, space);
    const noise = encodeRootApprovals([[keyOf(carol), new Uint8Array(64)]]);
    for (let i = 0; i < 300; i++) await mallory.record({ type: "root-approval", key: i === 0 ? fromHex(request) : world.random.bytes(32), value: noise });
    for (let i = 0; i < 50; i++) await mallory.record({ type: "root-request", value: encodeRootRequest(right) });
    expect(bob.store.records(space.id).filter(({ device }) => device === eve.device).length).toBeLessThanOrEqual(256);
    expect((await ownership(bob, space)).requests.filter(({ own }) => !own).length).toBeLessThanOrEqual(1);
    await world.until("Carol hears", async () => (await ownership(carol, space)).requests.some(({ id }) => id === request));
    await carol.call("ownership.approve", { space: space.id, request });
    await world.until("Bob hears", async () => (await ownership(bob, space)).requests.find(({ id }) => id === request)?.approvedBy.length === 1);
  });
});

describe("waiting for approvals", { timeout: 60_000 }, () => {
  it("outlives a restart, and ends when the request is taken back: who has asked to come in meanwhile is let in then", async () => {
    const { world, space, alice, bob, carol, dora, eve } = await scene(1307);
    const link = await world.invite(bob, space);
    await world.agree(space, [alice, bob, carol, dora, eve]);
    await bob.call("ownership.request", { space: space.id });
    const request = (await ownership(bob, space)).requests[0]!.id;
    const frank = await world.person("Frank");
    for (const other of [alice, carol, dora, eve]) world.network.cut(frank.device, other.device);
    await bob.stop();
    await bob.start();
    await frank.call("join.start", { link });
    await world.clock.advance(60_000);
    expect(await bob.members(space)).not.toContain("Frank");
    expect((await ownership(bob, space)).requests).toMatchObject([{ id: request }]);
    await bob.call("ownership.withdraw", { space: space.id });
    await world.until("Frank is in", async () => (await frank.call("space.list", {})).spaces.length === 1, 5_000);
  });

  it("ends when the request is granted, or can no longer be", async () => {
    const { world, space, alice, bob, carol, dora, eve } = await scene(1308);
    const link = await world.invite(bob, space);
    await world.agree(space, [alice, bob, carol, dora, eve]);
    await bob.call("ownership.request", { space: space.id });
    await dora.call("ownership.request", { space: space.id });
    await world.agree(space, [alice, bob, carol, dora, eve]);
    const frank = await world.person("Frank");
    for (const other of [alice, carol, dora, eve]) world.network.cut(frank.device, other.device);
    await frank.call("join.start", { link });
    await world.clock.advance(20_000);
    expect(await bob.members(space)).not.toContain("Frank");
    const request = (await ownership(dora, space)).requests.find(({ own }) => own)!.id;
    for (const one of [dora, carol]) await one.call("ownership.approve", { space: space.id, request });
    await world.until("Dora hears", async () => (await ownership(dora, space)).requests.find(({ own }) => own)?.approvedBy.length === 2);
    await dora.call("ownership.take", { space: space.id, keep: true });
    await world.until("Bob waits for nothing any more, and lets Frank in", async () => (await frank.call("space.list", {})).spaces.length === 1, 10_000);
  });

  it("cannot be forced for ever by a device that was lost: its last word is none", async () => {
    const { world, space, bob } = await scene(1309);
    const phone = await linkDevice(world, bob, "Bob's phone");
    await world.until("the phone is in", async () => (await phone.call("space.list", {})).spaces.some(({ id }) => id === space.id));
    const { device } = phone.vault.load()!;
    phone.store.putRecord(signRecord(crypto, device.signingSeed, { scope: space.id, account: accountOf(bob), device: device.id, type: "root-request", key: noKey, hlc: 2n ** 63n - 1n, value: encodeRootRequest(null) }));
    await phone.stop();
    await phone.start();
    await world.until("Bob has it", () => bob.store.records(space.id, "root-request").length === 1);
    await bob.call("device.revoke", { device: device.id, reason: "stolen" });
    await bob.call("ownership.request", { space: space.id });
    expect((await ownership(bob, space)).requests).toMatchObject([{ own: true }]);
  });
});
