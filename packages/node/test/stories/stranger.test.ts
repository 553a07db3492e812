import { certifyDevice, createAccount, inviteSeed, inviteTag, proveInvite } from "@multichat/core";
import { type ChannelId, type DeviceId, type EventId, type SpaceId, decodeInviteLink, encodeControlPayload, hlcAt, idFromBytes, zeroId } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { rawCrypto as crypto, rawDevice, rawMember } from "./raw-device.ts";
import { type Person, type World, createWorld } from "./world.ts";

/** Everything a stranger gets from this node while it is probed, and while life goes on there. */
async function probe(world: World, alice: Person, busy: () => Promise<void>): Promise<number[]> {
  const stranger = await rawDevice(world, alice, new Uint8Array(32).fill(5));
  await stranger.greet();
  await busy();
  for (let i = 0; i < 5; i++) stranger.send({ type: "tags", tags: Array.from({ length: 64 }, () => world.random.bytes(16)) });
  stranger.send({ type: "open", tag: world.random.bytes(16), alias: 0, here: { incarnation: new Uint8Array(16), arrival: 0 }, since: null, heads: [], digest: new Uint8Array(32), yours: [] });
  stranger.send({ type: "want", alias: 0, request: 1, channel: "00".repeat(32) as never, ranges: [], credit: 9 });
  stranger.send({ type: "get", alias: 0, request: 2, ids: [] });
  stranger.send({ type: "records", alias: 0, records: [] });
  stranger.send({ type: "join", tag: world.random.bytes(16), account: "00".repeat(32) as never, certificate: new Uint8Array(10), acceptance: new Uint8Array(64), proof: new Uint8Array(64) });
  stranger.send({ type: "ping", value: 3 });
  await busy();
  await world.clock.advance(60_000);
  return stranger.bytes.map(({ length }) => length);
}

describe("a stranger", { timeout: 60_000 }, () => {
  it("learns nothing: a node with spaces, members and invites answers as one with none", async () => {
    const empty = createWorld(131);
    const alone = await probe(empty, await empty.person("Alice"), async () => empty.clock.advance(1_000));

    const world = createWorld(131);
    const alice = await world.person("Alice");
    const bob = await world.person("Bob");
    const team = await world.workspace(alice, bob);
    await world.invite(alice, team);
    const busy = async (): Promise<void> => {
      await alice.say(team, "hello");
      await alice.call("channel.create", { space: team.id, name: `c${world.random.below(1_000_000)}` });
      await world.invite(bob, team);
      await world.clock.advance(1_000);
    };
    expect(await probe(world, alice, busy)).toEqual(alone);
  });

  it("of another version is told so in words, on both sides, and not dialled without end", async () => {
    const world = createWorld(132);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice, bob);
    await bob.stop();
    await world.clock.advance(1_000);
    const future = await rawDevice(world, alice, bob.vault.load()!.device.signingSeed);
    await future.greet({ versions: [2, 3] });
    expect(future.of("bye")[0]).toMatchObject({ code: "version" });
    expect(future.cut).not.toBeNull();
    const { peers } = await alice.call("peer.list", {});
    expect(peers[0]?.problem).toContain("no version of the protocol in common");
    expect(await alice.members(team)).toEqual(["Alice", "Bob"]);
  });

  it("who found a link cannot use another's proof, nor flood the log with requests", async () => {
    const world = createWorld(133);
    const alice = await world.person("Alice");
    const team = await world.workspace(alice);
    const text = await world.invite(alice, team, { uses: 3 });
    const link = decodeInviteLink(text, (bytes) => crypto.sha256(bytes));
    if (!link.ok) throw new Error(link.error);
    const seed = inviteSeed(crypto, link.value.secret);

    const seeds = { eve: new Uint8Array(32).fill(9), victim: new Uint8Array(32).fill(8) };
    const eve = await rawDevice(world, alice, seeds.eve);
    const account = createAccount(crypto, world.random);
    const certify = (signingSeed: Uint8Array) =>
      certifyDevice(crypto, { account: account.id, genesis: account.genesis, device: { signingSeed, agreementKey: new Uint8Array(32).fill(1) }, bySeed: account.identitySeed, hlc: hlcAt(1) });
    await eve.greet();
    const tag = inviteTag(crypto, crypto.publicKey(seed), { from: eve.device, to: alice.device, nonceFrom: new Uint8Array(16), nonceTo: eve.of("hello")[0]!.nonce });
    eve.send({ type: "tags", tags: [tag, ...Array.from({ length: 7 }, () => world.random.bytes(16))] });
    await world.clock.advance(200);
    expect(eve.of("invited")).toHaveLength(1);

    const claim = { space: link.value.space, invite: link.value.invite, account: account.id, device: eve.device };
    const proof = proveInvite(crypto, seed, claim);
    const other = createAccount(crypto, world.random);
    const tries = [
      // The certificate of another device, a proof for another account, a proof by another key.
      { account: account.id, ...certify(seeds.victim), proof },
      { account: other.id, ...certify(seeds.eve), proof },
      { account: account.id, ...certify(seeds.eve), proof: proveInvite(crypto, seed, { ...claim, account: other.id }) },
      { account: account.id, ...certify(seeds.eve), proof: proveInvite(crypto, new Uint8Array(32).fill(4), claim) },
    ];
    for (const one of tries) eve.send({ type: "join", tag, ...one });
    await world.clock.advance(500);
    expect(eve.of("admission").map(({ code, secret }) => [code, secret])).toEqual(tries.map(() => ["invite-unknown", null]));
    expect(eve.of("events")).toEqual([]);
    expect(eve.of("open")).toEqual([]);

    for (let i = 0; i < 100; i++) eve.send({ type: "join", tag, ...tries[1]! });
    await world.clock.advance(500);
    expect(eve.cut).not.toBeNull();
    expect(await alice.members(team)).toEqual(["Alice"]);
  });

  it("who was turned away cannot make the log grow without end with what it learned", async () => {
    const world = createWorld(134);
    const [alice, eve] = [await world.person("Alice"), await world.person("Eve")];
    const { space } = await alice.call("space.create", { name: "Team" });
    const { invite, link } = await alice.call("invite.create", { space: space.id });
    await world.join(eve, link);
    const held = decodeInviteLink(link, (bytes) => crypto.sha256(bytes));
    if (!held.ok) throw new Error(held.error);
    const mallory = await rawMember(world, alice, eve, space.id);
    await mallory.enter();
    await alice.call("invite.revoke", { space: space.id, invite: invite.id });
    const before = alice.store.channelEvents(space.id as SpaceId).length;
    // Keys cost nothing: each request comes from another device.
    for (let batch = 0; batch < 10; batch++) {
      const joins = Array.from({ length: 20 }, () => {
        const device = { signingSeed: world.random.bytes(32), agreementKey: world.random.bytes(32) };
        const made = createAccount(crypto, world.random);
        const id = idFromBytes<DeviceId>(crypto.publicKey(device.signingSeed));
        const claim = { space: held.value.space, invite: held.value.invite, account: made.id, device: id };
        const certified = certifyDevice(crypto, { account: made.id, genesis: made.genesis, device, bySeed: made.identitySeed, hlc: hlcAt(1) });
        const payload = encodeControlPayload("join", { ...claim, ...certified, proof: proveInvite(crypto, inviteSeed(crypto, held.value.secret), claim) });
        return mallory.as(device.signingSeed).event(payload, { channel: space.id as ChannelId, device: id, seq: 1, prev: zeroId as unknown as EventId, auth: zeroId as unknown as EventId, kind: "join" });
      });
      await mallory.sendEvents(...joins);
    }
    expect(alice.store.channelEvents(space.id as SpaceId).length - before).toBeLessThanOrEqual(64);
    expect(alice.store.channelEvents(space.id as SpaceId).length - before).toBeGreaterThan(0);
    await alice.say(space, "calm");
  });
});
