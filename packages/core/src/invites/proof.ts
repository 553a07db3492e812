/** Proof of an invite (spec/04-control.md, spec/07-records-and-invites.md): a signature by a key derived from the link's secret. */
import { type AccountId, type DeviceId, type EventId, concat, encode, idToBytes, infos, labels } from "@multichat/protocol";
import type { Crypto } from "../ports/index.ts";

export interface InviteClaim {
  space: EventId;
  invite: EventId;
  account: AccountId;
  device: DeviceId;
}

/** The Ed25519 seed of an invite. A secret, like the link it comes from. */
export function inviteSeed(crypto: Crypto, linkSecret: Uint8Array): Uint8Array {
  return crypto.hkdf(linkSecret, infos.invite, 32);
}

export function proveInvite(crypto: Crypto, seed: Uint8Array, claim: InviteClaim): Uint8Array {
  return crypto.sign(seed, message(claim));
}

/** @param key the invite's public key, from the control log */
export function verifyInviteProof(crypto: Crypto, key: Uint8Array, claim: InviteClaim & { proof: Uint8Array }): boolean {
  return crypto.verify(key, message(claim), claim.proof);
}

function message({ space, invite, account, device }: InviteClaim): Uint8Array {
  return concat(labels.inviteProof, encode([space, invite, account, device].map((id) => idToBytes(id))));
}
