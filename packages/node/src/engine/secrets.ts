/** Where a device's keys come from. Apart from the engine, because the transport needs the key too, and little else. */
import type { Crypto, Random } from "@multichat/core/ports";
import { type DeviceId, idFromBytes } from "@multichat/protocol";
import type { DeviceKeys, Secrets, Vault } from "./vault.ts";

/** This device's keys, made on the first start. */
export function loadSecrets(vault: Vault, crypto: Crypto, random: Random): Secrets {
  const held = vault.load();
  if (held !== null) return held;
  const made: Secrets = {
    device: newDevice(crypto, random),
    account: null,
    replaces: null,
    spaces: [],
  };
  vault.save(made);
  return made;
}

export function newDevice(crypto: Crypto, random: Random): DeviceKeys {
  const signingSeed = random.bytes(32);
  return {
    id: idFromBytes<DeviceId>(crypto.publicKey(signingSeed)),
    signingSeed,
    agreementKey: random.bytes(32),
  };
}
