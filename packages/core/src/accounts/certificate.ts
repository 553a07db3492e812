/** Device certificates (spec/02-accounts.md): that a device belongs to an account, for anyone to check. */
import {
  type AccountId,
  type DeviceId,
  type Hlc,
  type Result,
  type SignedEntry,
  concat,
  decodeAccountEntry,
  decodeAccountGenesis,
  decodeCertificate,
  decodeCertificateBody,
  encodeCertificate,
  encodeCertificateBody,
  fail,
  idFromBytes,
  idToBytes,
  labels,
  ok,
  toHex,
} from "@multichat/protocol";
import type { Crypto } from "../ports/index.ts";
import { sameBytes } from "../events/event.ts";
import { accountId } from "./account.ts";

export interface DeviceSecrets {
  /** Ed25519 seed of the device key. */
  signingSeed: Uint8Array;
  /** X25519 private key. */
  agreementKey: Uint8Array;
}

export interface SignedCertificate {
  /** An encoded Certificate. */
  certificate: Uint8Array;
  acceptance: Uint8Array;
}

/**
 * Certifies a new device. `bySeed` is the identity key's or that of a device in good standing; `rotations` lead from the genesis
 * to the identity key in force; none while it is that of the genesis.
 */
export function certifyDevice(
  crypto: Crypto,
  params: { account: AccountId; genesis: Uint8Array; rotations?: readonly SignedEntry[]; device: DeviceSecrets; bySeed: Uint8Array; hlc: Hlc },
): SignedCertificate {
  const body = encodeCertificateBody({
    account: params.account,
    device: idFromBytes<DeviceId>(crypto.publicKey(params.device.signingSeed)),
    agreementKey: crypto.agreementPublicKey(params.device.agreementKey),
    by: crypto.publicKey(params.bySeed),
    hlc: params.hlc,
  });
  return {
    certificate: signCertificate(crypto, { genesis: params.genesis, rotations: params.rotations ?? [], body, bySeed: params.bySeed }),
    acceptance: acceptCertificate(crypto, params.device.signingSeed, body),
  };
}

/** The certifier's half. @param params.body an encoded CertificateBody */
export function signCertificate(
  crypto: Crypto,
  { genesis, rotations, body, bySeed }: { genesis: Uint8Array; rotations: readonly SignedEntry[]; body: Uint8Array; bySeed: Uint8Array },
): Uint8Array {
  const signature = crypto.sign(bySeed, concat(labels.deviceCertificate, body));
  return encodeCertificate({ genesis, rotations: [...rotations], body, signature });
}

/** The new device's half. */
export function acceptCertificate(crypto: Crypto, signingSeed: Uint8Array, body: Uint8Array): Uint8Array {
  return crypto.sign(signingSeed, concat(labels.deviceAcceptance, body));
}

export interface CheckedCertificate {
  account: AccountId;
  device: DeviceId;
  agreementKey: Uint8Array;
  /** Who vouches: the identity key itself, or a device whose standing the reader must judge. */
  by: { identity: true } | { device: DeviceId };
  /** The key that vouches, in hex. */
  byKey: string;
  /** The identity key in force, and how many were before it. */
  identity: Uint8Array;
  rotations: number;
}

/** Whether a certificate is well signed. */
export function checkCertificate(crypto: Crypto, signed: SignedCertificate): Result<CheckedCertificate> {
  const certificate = decodeCertificate(signed.certificate);
  if (!certificate.ok) return certificate;
  const body = decodeCertificateBody(certificate.value.body);
  if (!body.ok) return body;
  const identity = identityKey(crypto, body.value.account, certificate.value);
  if (!identity.ok) return identity;
  const message = certificate.value.body;
  if (!crypto.verify(body.value.by, concat(labels.deviceCertificate, message), certificate.value.signature)) {
    return fail("certificate: wrong signature");
  }
  const deviceKey = idToBytes(body.value.device);
  if (!crypto.verify(deviceKey, concat(labels.deviceAcceptance, message), signed.acceptance)) {
    return fail("certificate: the device did not accept");
  }
  const byIdentity = toHex(identity.value) === toHex(body.value.by);
  return ok({
    account: body.value.account,
    device: body.value.device,
    agreementKey: body.value.agreementKey,
    by: byIdentity ? { identity: true } : { device: idFromBytes<DeviceId>(body.value.by) },
    byKey: toHex(body.value.by),
    identity: identity.value,
    rotations: certificate.value.rotations.length,
  });
}

/** Follows the rotations from the genesis to the current identity key. */
function identityKey(
  crypto: Crypto,
  account: AccountId,
  certificate: { genesis: Uint8Array; rotations: { entry: Uint8Array; signatures: { key: Uint8Array; signature: Uint8Array }[] }[] },
): Result<Uint8Array> {
  if (accountId(crypto, certificate.genesis) !== account) return fail("certificate: another account's genesis");
  const genesis = decodeAccountGenesis(certificate.genesis);
  if (!genesis.ok) return genesis;
  let { identityKey: current, nextKeyHash } = genesis.value;
  for (const rotation of certificate.rotations) {
    const entry = decodeAccountEntry(rotation.entry);
    if (!entry.ok) return entry;
    const { body } = entry.value;
    if (entry.value.account !== account || body.type !== "key.rotate") return fail("certificate: not a rotation");
    if (toHex(crypto.sha256(labels.nextKey, body.identityKey)) !== toHex(nextKeyHash)) {
      return fail("certificate: a key nobody had committed to");
    }
    const message = concat(labels.accountEntry, rotation.entry);
    for (const key of [current, body.identityKey]) {
      if (!rotation.signatures.some((candidate) => sameBytes(candidate.key, key))) {
        return fail("certificate: a rotation without both signatures");
      }
    }
    if (!rotation.signatures.every(({ key, signature }) => crypto.verify(key, message, signature))) {
      return fail("certificate: a rotation with a wrong signature");
    }
    current = body.identityKey;
    nextKeyHash = body.nextKeyHash;
  }
  return ok(current);
}
