/** Accounts, device certificates and the account log (spec/02-accounts.md). */
import { encode } from "./cbor/encode.ts";
import { ascending, bytesOf, bytesUpTo, id, ids, list, readAs, textOf, tuple, uint, uint63 } from "./cbor/read.ts";
import { type CborValue, FormatError } from "./cbor/value.ts";
import type { Hlc } from "./hlc.ts";
import { type AccountId, type DeviceId, type EventId, idToBytes } from "./ids.ts";
import { limits } from "./limits.ts";
import type { Result } from "./result.ts";

const version = 1;

export interface AccountGenesis {
  identityKey: Uint8Array;
  /** H("mc1/next-key", the next identity public key). */
  nextKeyHash: Uint8Array;
}

export function encodeAccountGenesis(genesis: AccountGenesis): Uint8Array {
  return encode([version, genesis.identityKey, genesis.nextKeyHash]);
}

export function decodeAccountGenesis(bytes: Uint8Array): Result<AccountGenesis> {
  return readAs("account genesis", bytes, (value) => {
    const f = versioned(value, 3);
    return { identityKey: bytesOf(f[1], 32), nextKeyHash: bytesOf(f[2], 32) };
  });
}

export interface CertificateBody {
  account: AccountId;
  device: DeviceId;
  /** X25519 public key. */
  agreementKey: Uint8Array;
  /** The identity key, or a device in good standing. */
  by: Uint8Array;
  hlc: Hlc;
}

export function encodeCertificateBody(body: CertificateBody): Uint8Array {
  return encode([version, idToBytes(body.account), idToBytes(body.device), body.agreementKey, body.by, body.hlc]);
}

export function decodeCertificateBody(bytes: Uint8Array): Result<CertificateBody> {
  return readAs("certificate body", bytes, (value) => {
    const f = versioned(value, 6);
    return {
      account: id<AccountId>(f[1]),
      device: id<DeviceId>(f[2]),
      agreementKey: bytesOf(f[3], 32),
      by: bytesOf(f[4], 32),
      hlc: uint63(f[5]),
    };
  });
}

export interface Certificate {
  genesis: Uint8Array;
  /** Signed `key.rotate` entries from the genesis' identity key to the current one, oldest first. */
  rotations: SignedEntry[];
  body: Uint8Array;
  signature: Uint8Array;
}

export function encodeCertificate(certificate: Certificate): Uint8Array {
  const { genesis, rotations, body, signature } = certificate;
  return encode([genesis, rotations.map(signedEntryValue), body, signature]);
}

export function decodeCertificate(bytes: Uint8Array): Result<Certificate> {
  return readAs("certificate", bytes, (value) => {
    const f = tuple(value, 4);
    return {
      genesis: bytesUpTo(f[0], limits.certificate),
      rotations: list(f[1], limits.rotations).map(readSignedEntry),
      body: bytesUpTo(f[2], limits.certificate),
      signature: bytesOf(f[3], 64),
    };
  });
}

export interface SignedEntry {
  entry: Uint8Array;
  /** Ascending by key, no key twice. */
  signatures: { key: Uint8Array; signature: Uint8Array }[];
}

function signedEntryValue(signed: SignedEntry): CborValue {
  return [signed.entry, signed.signatures.map(({ key, signature }) => [key, signature])];
}

export function encodeSignedEntry(signed: SignedEntry): Uint8Array {
  return encode(signedEntryValue(signed));
}

function readSignedEntry(value: CborValue): SignedEntry {
  const f = tuple(value, 2);
  const signatures = list(f[1], limits.accountSignatures).map((pair) => {
    const [key, signature] = tuple(pair, 2);
    return { key: bytesOf(key, 32), signature: bytesOf(signature, 64) };
  });
  if (signatures.length === 0) throw new FormatError("no signature");
  ascending(signatures.map(({ key }) => key));
  return { entry: bytesUpTo(f[0], limits.certificate), signatures };
}

export function decodeSignedEntry(bytes: Uint8Array): Result<SignedEntry> {
  return readAs("account entry", bytes, readSignedEntry);
}

export const revokeReasons = ["retired", "lost", "stolen"] as const;

export type EntryBody =
  | { type: "device.add"; certificate: Uint8Array; acceptance: Uint8Array }
  | { type: "device.revoke"; device: DeviceId; reason: (typeof revokeReasons)[number] }
  | { type: "key.rotate"; identityKey: Uint8Array; nextKeyHash: Uint8Array };

export interface AccountEntry {
  account: AccountId;
  parents: EventId[];
  hlc: Hlc;
  body: EntryBody;
}

export function encodeAccountEntry(entry: AccountEntry): Uint8Array {
  return encode([
    version,
    idToBytes(entry.account),
    entry.parents.map(idToBytes),
    entry.hlc,
    entry.body.type,
    bodyValue(entry.body),
  ]);
}

function bodyValue(body: EntryBody): CborValue {
  switch (body.type) {
    case "device.add":
      return [body.certificate, body.acceptance];
    case "device.revoke":
      return [idToBytes(body.device), revokeReasons.indexOf(body.reason)];
    case "key.rotate":
      return [body.identityKey, body.nextKeyHash];
  }
}

export function decodeAccountEntry(bytes: Uint8Array): Result<AccountEntry> {
  return readAs("account entry", bytes, (value) => {
    const f = versioned(value, 6);
    return {
      account: id<AccountId>(f[1]),
      parents: ids<EventId>(f[2], limits.accountParents),
      hlc: uint63(f[3]),
      body: readBody(textOf(f[4], 1, limits.kind), f[5]),
    };
  });
}

function readBody(type: string, value: CborValue | undefined): EntryBody {
  const [first, second] = tuple(value, 2);
  switch (type) {
    case "device.add":
      return { type, certificate: bytesUpTo(first, limits.certificate), acceptance: bytesOf(second, 64) };
    case "device.revoke": {
      const reason = revokeReasons[uint(second, revokeReasons.length - 1)];
      return { type, device: id<DeviceId>(first), reason: reason! };
    }
    case "key.rotate":
      return { type, identityKey: bytesOf(first, 32), nextKeyHash: bytesOf(second, 32) };
    default:
      throw new FormatError("unknown entry type");
  }
}

function versioned(value: CborValue, length: number): readonly CborValue[] {
  if (list(value, length)[0] !== version) throw new FormatError("unknown version");
  return tuple(value, length);
}
