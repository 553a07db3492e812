/** People with a device each, who write events by hand: for tests of the core, without a node around it. */
import {
  type ChannelId,
  type ControlKind,
  type ControlPayload,
  type DeviceId,
  type EventId,
  type Header,
  type SignedEntry,
  type SpaceId,
  encodeControlPayload,
  hlcAt,
  idFromBytes,
  labels,
  zeroId,
} from "@multichat/protocol";
import { createNodeCrypto } from "@multichat/crypto";
import { type Event, type NewAccount, type SignedCertificate, certifyDevice, createAccount, inviteSeed, proveInvite, secretCommitment, signEvent } from "@multichat/core";
import type { Random } from "@multichat/core/ports";

export const crypto = createNodeCrypto();
export const nothing = zeroId as unknown as EventId;
/** Stamps count minutes from here, so that histories are easy to read. */
export const start = Date.UTC(2026, 0, 1);

export interface Person extends SignedCertificate {
  name: string;
  account: ReturnType<typeof createAccount>["id"];
  device: DeviceId;
  signingSeed: Uint8Array;
  agreementKey: Uint8Array;
  identityKey: Uint8Array;
  made: NewAccount;
}

export function createPerson(random: Random, name: string): Person {
  const made = createAccount(crypto, random);
  return certifiedBy(made, name, { signingSeed: random.bytes(32), agreementKey: random.bytes(32) }, made.identitySeed);
}

/** A person's device, certified by whoever has this seed. @param rotations that its certificate shows */
export function certifiedBy(made: NewAccount, name: string, keys: { signingSeed: Uint8Array; agreementKey: Uint8Array }, bySeed: Uint8Array, rotations: SignedEntry[] = []): Person {
  const certified = certifyDevice(crypto, { account: made.id, genesis: made.genesis, rotations, device: keys, bySeed, hlc: hlcAt(start) });
  const device = idFromBytes<DeviceId>(crypto.publicKey(keys.signingSeed));
  return { name, account: made.id, device, ...keys, identityKey: crypto.publicKey(made.identitySeed), made, ...certified };
}

/** Another device of the same person. */
export function anotherDevice(random: Random, { made, name }: Person, bySeed: Uint8Array, rotations: SignedEntry[] = []): Person {
  return certifiedBy(made, name, { signingSeed: random.bytes(32), agreementKey: random.bytes(32) }, bySeed, rotations);
}

export function genesisOf(random: Random, founder: Person, change: Partial<ControlPayload<"genesis">> = {}): Event {
  const payload: ControlPayload<"genesis"> = {
    kind: "team",
    rules: 0,
    account: founder.account,
    device: founder.device,
    certificate: founder.certificate,
    acceptance: founder.acceptance,
    root: [[founder.identityKey], 1, crypto.sha256(labels.nextKey, founder.identityKey)],
    parents: [],
    everyone: 0,
    policy: new Map([["name", "Team"]]),
    secret: secretCommitment(crypto, new Uint8Array(32)),
    ...change,
  };
  return signEvent(
    crypto,
    random,
    founder.signingSeed,
    {
      space: zeroId as SpaceId, channel: zeroId as SpaceId, device: founder.device, seq: 1, prev: nothing, deps: [], ctl: [],
      auth: nothing, hlc: hlcAt(start), kind: "genesis", expires: 0,
    },
    encodeControlPayload("genesis", payload),
  );
}

export interface Place {
  space: SpaceId;
  channel: ChannelId;
  seq: number;
  prev: EventId;
  ctl: EventId[];
  auth: EventId;
  /** Minutes after `start`. */
  minute: number;
}

export function controlEvent<K extends ControlKind>(random: Random, author: Person, kind: K, payload: ControlPayload<K>, place: Place): Event {
  return eventAt(random, author, kind, encodeControlPayload(kind, payload), { ...place, channel: place.space });
}

export function eventAt(random: Random, author: Person, kind: string, payload: Uint8Array, place: Place, change: Partial<Header> = {}): Event {
  const { space, channel, seq, prev, ctl, auth, minute } = place;
  const header = { space, channel, device: author.device, seq, prev, deps: [], ctl: [...ctl].sort(), auth, hlc: hlcAt(start + minute * 60_000), kind, expires: 0, ...change };
  return signEvent(crypto, random, author.signingSeed, header, payload);
}

export interface Link {
  invite: EventId;
  secret: Uint8Array;
}

export function inviteKey(secret: Uint8Array): Uint8Array {
  return crypto.publicKey(inviteSeed(crypto, secret));
}

export function joinPayload(space: SpaceId, joiner: Person, { invite, secret }: Link): ControlPayload<"join"> {
  const claim = { space, invite, account: joiner.account, device: joiner.device };
  const { certificate, acceptance } = joiner;
  return { invite, account: joiner.account, device: joiner.device, certificate, acceptance, proof: proveInvite(crypto, inviteSeed(crypto, secret), claim) };
}
