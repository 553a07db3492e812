/** Tags by which two devices find the spaces they share without naming them (spec/06-sync.md). */
import { type DeviceId, concat, idToBytes, infos, labels } from "@multichat/protocol";
import type { Crypto } from "../ports/index.ts";

export interface Greeting {
  from: DeviceId;
  to: DeviceId;
  nonceFrom: Uint8Array;
  nonceTo: Uint8Array;
}

export function spaceTagKey(crypto: Crypto, secret: Uint8Array): Uint8Array {
  return crypto.hkdf(secret, infos.spaceTag, 32);
}

/** 16 bytes that only who knows the space's secret can compute, for this greeting only. */
export function spaceTag(crypto: Crypto, tagKey: Uint8Array, greeting: Greeting): Uint8Array {
  return crypto.hmacSha256(tagKey, transcript(greeting)).subarray(0, 16);
}

/** 16 bytes that only members and who holds the invite can compute. */
export function inviteTag(crypto: Crypto, invitePublicKey: Uint8Array, greeting: Greeting): Uint8Array {
  return crypto.hmacSha256(invitePublicKey, concat(labels.inviteTag, transcript(greeting))).subarray(0, 16);
}

function transcript({ from, to, nonceFrom, nonceTo }: Greeting): Uint8Array {
  return concat(idToBytes(from), idToBytes(to), nonceFrom, nonceTo);
}

/** What the genesis commits to. */
export function secretCommitment(crypto: Crypto, secret: Uint8Array): Uint8Array {
  return crypto.sha256(labels.spaceSecret, secret);
}
