import {
  certifyDevice, createAccount, createReplica, inviteSeed, lastSeq, proveInvite, signEvent,
} from "@multichat/core";
import {
  type AccountId, type ChannelId, type ControlKind, type ControlPayload, type DeviceId, type EventId, type SpaceId,
  decodeInviteLink, encodeControlPayload, hlcAt, idFromBytes, nextHlc, zeroId,
} from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { rawCrypto as crypto } from "./raw-device.ts";
import { type Person, type World, createWorld } from "./world.ts";

/** A history of so many who joined, one after another, as it would lie on this member's disk. */
async function grow(world: World, member: Person, spaceId: string, link: string, joins: number): Promise<void> {
  await member.kill();
  const space = spaceId as SpaceId;
  const decoded = decodeInviteLink(link, (bytes) => crypto.sha256(bytes));
  if (!decoded.ok) throw new Error(decoded.error);
  const { invite } = decoded.value;
  const seed = inviteSeed(crypto, decoded.value.secret);
  const own = member.vault.load()!;
  const replica = createReplica({ store: member.store, crypto, self: { device: member.device, account: own.account!.id } }, space, 0);
  const none = zeroId as unknown as EventId;
  const write = <K extends ControlKind>(signing: Uint8Array, kind: K, payload: ControlPayload<K>): EventId => {
    const device = idFromBytes<DeviceId>(crypto.publicKey(signing));
    const feed = replica.feeds.get(space as unknown as ChannelId, device);
    const ctl = replica.log.heads();
    const hlc = nextHlc(world.clock.now(), ctl.map((id) => replica.log.get(id)!.header.hlc));
    const event = signEvent(crypto, world.random, signing, {
      space, channel: space as unknown as ChannelId, device, seq: feed === null ? 1 : lastSeq(feed) + 1, prev: feed?.tip ?? none,
      deps: [], ctl, auth: none, hlc, kind, expires: 0,
    }, encodeControlPayload(kind, payload));
    expect(replica.receive([event], world.clock.now(), "self").refused).toEqual([]);
    return event.id;
  };
  for (let i = 0; i < joins; i++) {
    const made = createAccount(crypto, world.random);
    const keys = { signingSeed: world.random.bytes(32), agreementKey: world.random.bytes(32) };
    const certified = certifyDevice(crypto, { account: made.id, genesis: made.genesis, device: keys, bySeed: made.identitySeed, hlc: hlcAt(1) });
    const claim = { space, invite, account: made.id as AccountId, device: idFromBytes<DeviceId>(crypto.publicKey(keys.signingSeed)) };
    const join = write(keys.signingSeed, "join", { ...claim, ...certified, proof: proveInvite(crypto, seed, claim) });
    write(own.device.signingSeed, "admit", { join, invite });
  }
  await member.start();
}

describe("a space that many have joined", { timeout: 60_000 }, () => {
  it("lets in one more within seconds, and its log comes to one who was away", async () => {
    const world = createWorld(151);
    const [alice, bob, late] = [await world.person("Alice"), await world.person("Bob"), await world.person("Late")];
    const team = await world.workspace(alice, bob);
    const link = await world.invite(alice, team);
    await world.agree(team, [alice, bob]);
    await bob.stop();
    await grow(world, alice, team.id, link, 300);
    await late.call("join.start", { link });
    await world.until("Late is in", async () => (await late.call("space.list", {})).spaces.length === 1, 10_000);
    expect(await late.members(team)).toHaveLength(303);
    await bob.start();
    await world.until("Bob knows all", async () => (await bob.members(team)).length === 303, 30_000);
    await world.agree(team, [alice, bob, late]);
    expect(bob.logs.filter(({ event }) => event === "event.postponed")).toEqual([]);
  });
});
