/** Random account logs (spec/02-accounts.md, Standing): honest devices, thieves and leaked phrases, in every order of arrival. */
import { type AccountLog, certifyDevice, createAccount, createAccountLog, deviceAddEntry, entryMessage, signEntry } from "@multichat/core";
import { type AccountEntry, type DeviceId, type EventId, type SignedEntry, decodeSignedEntry, encodeAccountEntry, hlcAt, idFromBytes, labels } from "@multichat/protocol";
import { type SeededRandom, createSeededRandom } from "@multichat/testing/random";
import { describe, expect, it } from "vitest";
import { crypto } from "./people.ts";

interface Device {
  id: DeviceId;
  signingSeed: Uint8Array;
  agreementKey: Uint8Array;
}

/** Writes entries on top of any part of a history, whoever may or may not write them. */
function createWriter(random: SeededRandom) {
  const made = createAccount(crypto, random);
  const entries: { id: EventId; bytes: Uint8Array }[] = [];
  let time = 0;

  function device(): Device {
    const signingSeed = random.bytes(32);
    return { id: idFromBytes<DeviceId>(crypto.publicKey(signingSeed)), signingSeed, agreementKey: random.bytes(32) };
  }

  function put(entry: AccountEntry, seeds: Uint8Array[]): EventId {
    const bytes = signEntry(crypto, entry, seeds);
    const id = idFromBytes<EventId>(crypto.sha256(entryMessage(encodeAccountEntry(entry))));
    entries.push({ id, bytes });
    return id;
  }

  const place = (parents: EventId[]) => ({ account: made.id, parents: [...new Set(parents)].sort(), hlc: hlcAt(++time) });
  return {
    made, entries, device,
    open(order: readonly { bytes: Uint8Array }[]): AccountLog {
      const log = createAccountLog(crypto, made.id, made.genesis);
      for (const { bytes } of order) log.add(bytes);
      return log;
    },
    add(parents: EventId[], added: Device, bySeed: Uint8Array, rotations: SignedEntry[] = []): EventId {
      const at = place(parents);
      const certified = certifyDevice(crypto, { account: made.id, genesis: made.genesis, rotations, device: added, bySeed, hlc: at.hlc });
      return put(deviceAddEntry(at, certified), [bySeed, added.signingSeed]);
    },
    revoke: (parents: EventId[], gone: Device, bySeed: Uint8Array): EventId =>
      put({ ...place(parents), body: { type: "device.revoke", device: gone.id, reason: "stolen" } }, [bySeed]),
    rotate(parents: EventId[], nextHash: Uint8Array): EventId {
      const identityKey = crypto.publicKey(made.nextSeed);
      return put({ ...place(parents), body: { type: "key.rotate", identityKey, nextKeyHash: nextHash } }, [made.identitySeed, made.nextSeed]);
    },
  };
}

function said(log: AccountLog): unknown {
  const { identityKey, devices } = log.state();
  return { identityKey, devices: [...devices.values()].map(({ device, standing }) => `${device} ${standing}`).sort() };
}

describe("random account logs", { timeout: 30_000 }, () => {
  it("say the same in every order of arrival", () => {
    for (let seed = 0; seed < 25; seed++) {
      const random = createSeededRandom(`order ${seed}`);
      const writer = createWriter(random);
      const devices = [writer.device()];
      writer.add([], devices[0]!, writer.made.identitySeed);
      for (let step = 0; step < 10; step++) {
        const parents = random.shuffle(writer.entries).slice(0, 1 + random.below(2)).map(({ id }) => id);
        const by = random.chance(0.25) ? writer.made.identitySeed : random.pick(devices).signingSeed;
        if (random.chance(0.1)) writer.rotate(parents, crypto.sha256(labels.nextKey, random.bytes(32)));
        else if (random.chance(0.5)) {
          const added = random.chance(0.2) ? random.pick(devices) : writer.device();
          if (by === added.signingSeed) continue;
          writer.add(parents, added, by);
          devices.push(added);
        } else writer.revoke(parents, random.pick(devices), by);
      }
      const expected = said(writer.open(writer.entries));
      for (let order = 0; order < 3; order++) expect(said(writer.open(random.shuffle(writer.entries))), `seed ${seed}`).toEqual(expected);
    }
  });

  it("let a thief gain nothing that he signs after his device was revoked, or at the same time, but revocations", () => {
    for (let seed = 0; seed < 25; seed++) {
      const random = createSeededRandom(`thief ${seed}`);
      const writer = createWriter(random);
      const [laptop, phone] = [writer.device(), writer.device()];
      const first = writer.add([], laptop, writer.made.identitySeed);
      const second = writer.add([first], phone, laptop.signingSeed);
      const revoked = writer.revoke([second], laptop, phone.signingSeed);
      const before = writer.entries.length;
      const gang = [laptop];
      const theirs: EventId[] = [first, second, revoked];
      for (let step = 0; step < 8; step++) {
        const parents = random.shuffle(theirs).slice(0, 1 + random.below(3));
        const accomplice = writer.device();
        theirs.push(writer.add(parents, accomplice, random.pick(gang).signingSeed));
        gang.push(accomplice);
      }
      const log = writer.open(random.shuffle(writer.entries));
      expect(log.entries().length).toBe(before + 8);
      expect([...log.state().devices.values()].filter(({ standing }) => standing === "good").map(({ device }) => device), `seed ${seed}`).toEqual([phone.id]);
    }
  });

  it("let who found the old phrase gain nothing once it was replaced, back-dating or not", () => {
    for (let seed = 0; seed < 25; seed++) {
      const random = createSeededRandom(`phrase ${seed}`);
      const writer = createWriter(random);
      const laptop = writer.device();
      const first = writer.add([], laptop, writer.made.identitySeed);
      const rotated = writer.rotate([first], crypto.sha256(labels.nextKey, random.bytes(32)));
      const chain = decodeSignedEntry(writer.entries[1]!.bytes);
      if (!chain.ok) throw new Error(chain.error);
      const theirs = [first, rotated];
      for (let step = 0; step < 6; step++) {
        const parents = random.shuffle(theirs).slice(0, 1 + random.below(2));
        if (random.chance(0.5)) theirs.push(writer.add(parents, writer.device(), writer.made.identitySeed));
        else theirs.push(writer.revoke(parents, laptop, writer.made.identitySeed));
      }
      const phone = writer.device();
      writer.add([rotated], phone, writer.made.nextSeed, [chain.value]);
      const log = writer.open(random.shuffle(writer.entries));
      const good = [...log.state().devices.values()].filter(({ standing }) => standing === "good").map(({ device }) => device);
      expect(good.sort(), `seed ${seed}`).toEqual([laptop.id, phone.id].sort());
    }
  });
});
