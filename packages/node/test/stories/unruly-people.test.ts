/** Attacks by members on who others seem to be: profiles that are none, borrowed names, vouches for oneself, floods of introductions. */
import { sealIntroduction, signRecord } from "@multichat/core";
import { createNodeCrypto } from "@multichat/crypto";
import {
  type AccountId,
  type DeviceId,
  type IntroductionContent,
  type RecordBody,
  type SignedRecord,
  type SpaceId,
  encode,
  encodeAvatar,
  encodeIntroduction,
  encodeProfile,
  encodeVouch,
  fromHex,
  idToBytes,
  toHex,
} from "@multichat/protocol";
import type { Member, Space } from "@multichat/client/contract";
import { describe, expect, it } from "vitest";
import { type RawDevice, rawMember } from "./raw-device.ts";
import { type Person, type World, createWorld } from "./world.ts";

const crypto = createNodeCrypto();
const noKey = new Uint8Array(0);

interface Scene {
  world: World;
  alice: Person;
  team: Space;
  /** Alice's account, and Mallory's. */
  a: AccountId;
  m: AccountId;
  mallory: RawDevice;
  /** Signed by Mallory's device, newer than all before. */
  record(of: Partial<RecordBody> & Pick<RecordBody, "type" | "value">): SignedRecord;
  send(...records: SignedRecord[]): Promise<void>;
  seen(): Promise<Member>;
}

async function scene(seed: number): Promise<Scene> {
  const world = createWorld(seed);
  const [alice, bob] = [await world.person("Alice"), await world.person("Mallory")];
  const team = await world.workspace(alice, bob);
  await world.agree(team, [alice, bob]);
  const mallory = await rawMember(world, alice, bob, team.id);
  await mallory.enter();
  const { device, account } = bob.vault.load()!;
  const m = account!.id;
  let stamp = 2n ** 60n;
  return {
    world, alice, team, m, mallory,
    a: alice.vault.load()!.account!.id,
    record(of) {
      const { bytes, signature } = signRecord(crypto, device.signingSeed, { scope: m, account: m, device: device.id, key: noKey, hlc: stamp++, ...of });
      return { record: bytes, signature };
    },
    async send(...records) {
      for (const one of records) mallory.send({ type: "records", alias: 0, records: [one] });
      await world.clock.advance(500);
    },
    async seen() {
      const { members } = await alice.call("member.list", { space: team.id });
      return members.find(({ id }) => id === m)!;
    },
  };
}

describe("unruly people", { timeout: 60_000 }, () => {
  it("a profile that is too large, or none, is not taken, and the one before stays", async () => {
    const { alice, m, record, send, seen } = await scene(931);
    const value = (entries: [string, string][]): Uint8Array => encode(new Map(entries));
    await send(record({ type: "profile", value: encodeProfile({ name: "Mallory", about: "hello", pronouns: null }) }));
    expect((await seen()).about).toBe("hello");
    await send(
      record({ type: "profile", value: value([["name", "M".repeat(65)]]) }),
      record({ type: "profile", value: value([["name", "Big"], ["about", "a".repeat(501)]]) }),
      record({ type: "profile", value: value([["name", "Big"], ["pronouns", "p".repeat(41)]]) }),
      record({ type: "profile", value: value([["about", "nameless"]]) }),
      record({ type: "profile", value: new Uint8Array([0xff]) }),
      record({ type: "profile", value: encodeProfile({ name: "Keyed", about: null, pronouns: null }), key: new Uint8Array(1) }),
    );
    expect(await seen()).toMatchObject({ name: "Mallory", about: "hello" });
    expect(alice.logs.filter(({ event }) => event === "record.refused")).toHaveLength(6);
    expect(alice.store.records(m, "profile")).toHaveLength(1);
  });

  it("what is no picture, or too large a one, is not taken", async () => {
    const { alice, m, record, send, seen } = await scene(932);
    const png = (width: number, length: number): Uint8Array => {
      const bytes = new Uint8Array(length);
      bytes.set(fromHex(`89504e470d0a1a0a0000000d49484452${width.toString(16).padStart(8, "0")}00000010`));
      return bytes;
    };
    await send(
      record({ type: "avatar", value: encodeAvatar(new TextEncoder().encode('<svg onload="alert(1)"/>')) }),
      record({ type: "avatar", value: encodeAvatar(png(30_000, 64)) }),
      record({ type: "avatar", value: encodeAvatar(png(16, 32_769)) }),
      record({ type: "avatar", value: png(16, 64) }),
    );
    expect((await seen()).avatar).toBeNull();
    expect(alice.store.records(m, "avatar")).toEqual([]);
    await send(record({ type: "avatar", value: encodeAvatar(png(16, 32_768)) }));
    expect((await seen()).avatar).not.toBeNull();
  });

  it("nobody speaks for another account, nor vouches for themselves", async () => {
    const { alice, a, m, team, record, send, seen } = await scene(933);
    await send(
      record({ type: "profile", scope: a, account: a, value: encodeProfile({ name: "Fool", about: null, pronouns: null }) }),
      record({ type: "vouch", scope: team.id, account: a, key: idToBytes(m), value: encodeVouch({ claim: "Mallory", until: 0 }) }),
      record({ type: "vouch", scope: team.id, key: idToBytes(m), value: encodeVouch({ claim: "Mallory", until: 0 }) }),
      record({ type: "vouch", scope: team.id, key: noKey, value: encodeVouch({ claim: "Mallory", until: 0 }) }),
    );
    expect((await alice.call("account.get", {})).account!.name).toBe("Alice");
    expect((await seen()).vouchedBy).toEqual([]);
    expect((await alice.call("person.get", { account: m })).person.vouches).toEqual([]);
  });

  it("a flood of introductions fills nothing, and none is about oneself or its author", async () => {
    const { world, alice, a, m, team, record, send } = await scene(934);
    const { device } = alice.vault.load()!;
    const readers = new Map([[device.id, crypto.agreementPublicKey(device.agreementKey)]]);
    const offer = (subject: AccountId, until: number): IntroductionContent["offers"][0] => ({
      id: toHex(world.random.bytes(16)), subject, name: "A prince", peers: [{ device: toHex(world.random.bytes(32)) as DeviceId, addresses: [] }], until, accepted: true,
    });
    const introduce = (...offers: IntroductionContent["offers"]): SignedRecord => {
      const place = { space: team.id as SpaceId, author: m, reader: a };
      const sealed = sealIntroduction({ crypto, random: world.random }, place, readers, { offers, answers: [{ id: "00".repeat(16), accepted: true }] })!;
      return record({ type: "introduction", scope: team.id, key: idToBytes(a), value: encodeIntroduction(sealed) });
    };
    const stranger = (): AccountId => toHex(world.random.bytes(32)) as AccountId;
    const soon = world.clock.now() + 60 * 60_000;
    await send(introduce(offer(a, soon), offer(m, soon), offer(stranger(), world.clock.now() - 1), offer(stranger(), world.clock.now() + 61 * 24 * 60 * 60_000)));
    expect((await alice.call("introduction.list", {})).introductions).toEqual([]);
    for (let i = 0; i < 12; i++) await send(introduce(...Array.from({ length: 8 }, () => offer(stranger(), soon))));
    const { introductions } = await alice.call("introduction.list", {});
    expect(introductions).toHaveLength(64);
    expect((await alice.call("contact.list", {})).contacts).toEqual([]);

    // What a record says that does not open changes nothing.
    const value = encodeIntroduction({ boxes: [{ device: device.id, enc: world.random.bytes(32), wrapped: world.random.bytes(48) }], ciphertext: world.random.bytes(100) });
    await send(record({ type: "introduction", scope: team.id, key: idToBytes(a), value }));
    expect((await alice.call("introduction.list", {})).introductions).toHaveLength(64);
  });
});
