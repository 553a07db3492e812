/** What a device signs for one that is linked (spec/02-accounts.md, Certificates and Log): its certificate and its `device.add`. */
import { type AccountLog, deviceAddEntry, entryMessage, signCertificate, withSignatures } from "@multichat/core";
import type { Crypto } from "@multichat/core/ports";
import { type DeviceId, encodeAccountEntry, encodeCertificateBody, idToBytes, nextHlc } from "@multichat/protocol";
import type { AccountKeys, DeviceKeys } from "../../vault.ts";

/** A `device.add`, and the signature of the device that vouches over it. */
export interface OwnSigned {
  bytes: Uint8Array;
  signature: Uint8Array;
}

export interface Vouching {
  /** The body of a certificate for this device, which it has to accept. */
  body(newcomer: DeviceId, agreementKey: Uint8Array): Uint8Array;
  /** The `device.add` for a body that was accepted. */
  entry(body: Uint8Array, acceptance: Uint8Array): OwnSigned;
  /** The whole entry, which the new device has signed too. */
  signedByBoth(entry: OwnSigned, newcomer: DeviceId, signature: Uint8Array): Uint8Array;
}

export function createVouching(deps: {
  crypto: Crypto;
  device: DeviceKeys;
  account(): Pick<AccountKeys, "id" | "genesis">;
  log: AccountLog;
  now(): number;
}): Vouching {
  const { crypto, device, log } = deps;
  const by = idToBytes(device.id);
  const nextStamp = (): bigint => nextHlc(deps.now(), log.entries().map(({ entry }) => entry.hlc));

  return {
    body: (newcomer, agreementKey) => encodeCertificateBody({ account: deps.account().id, device: newcomer, agreementKey, by, hlc: nextStamp() }),
    entry(body, acceptance) {
      const { id, genesis } = deps.account();
      const certificate = signCertificate(crypto, { genesis, rotations: log.state().rotations, body, bySeed: device.signingSeed });
      const bytes = encodeAccountEntry(deviceAddEntry({ account: id, parents: log.heads(), hlc: nextStamp() }, { certificate, acceptance }));
      return { bytes, signature: crypto.sign(device.signingSeed, entryMessage(bytes)) };
    },
    signedByBoth: (entry, newcomer, signature) => withSignatures(entry.bytes, [{ key: by, signature: entry.signature }, { key: idToBytes(newcomer), signature }]),
  };
}
