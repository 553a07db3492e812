/**
 * The secrets and the little that must survive the loss of the database: this device's keys, the account, and which
 * spaces it belongs to. A port, so that stories keep it in memory; the node keeps it in a file only its owner can read.
 */
import type { AccountId, DeviceId, SpaceId } from "@multichat/protocol";

export interface DeviceKeys {
  id: DeviceId;
  /** Ed25519 seed. */
  signingSeed: Uint8Array;
  /** X25519 private key. */
  agreementKey: Uint8Array;
}

export interface AccountKeys {
  id: AccountId;
  name: string;
  /** The account genesis, encoded. */
  genesis: Uint8Array;
  /** The recovery phrase's entropy; null once the person has confirmed the words. */
  identitySeed: Uint8Array | null;
  /** Of the next identity key; null on a device that has not learned it yet (spec/09-devices.md, Recovery). */
  nextSeed: Uint8Array | null;
  /** That this device belongs to the account. */
  certificate: Uint8Array;
  acceptance: Uint8Array;
  /** The account log, as encoded SignedEntries. */
  log: Uint8Array[];
}

export interface Secrets {
  device: DeviceKeys;
  account: AccountKeys | null;
  /** The device that this one continues; null for an account's first. */
  replaces: Replaced | null;
  /** For a new device after damage: where to fetch everything again. */
  spaces: KnownSpace[];
}

export interface Replaced {
  id: DeviceId;
  /**
   * Kept until the new device belongs to some space: should it be lost before, only this one can vouch for its successor.
   * Null from then on.
   */
  signingSeed: Uint8Array | null;
}

export interface KnownSpace {
  id: SpaceId;
  secret: Uint8Array;
  peers: { device: DeviceId; addresses: string[] }[];
}

export interface Vault {
  load(): Secrets | null;
  /** Durable when it returns. */
  save(secrets: Secrets): void;
  /** A passphrase is needed to read it. */
  isProtected(): boolean;
  /** Whether this is that passphrase. */
  opens(passphrase: string): boolean;
  /** Sets another passphrase; null: none any more. Durable when it returns. */
  protect(passphrase: string | null): void;
}

export function createMemoryVault(): Vault {
  let held: Secrets | null = null;
  let secret: string | null = null;
  return {
    load: () => held,
    save(secrets) {
      held = structuredClone(secrets);
    },
    isProtected: () => secret !== null,
    opens: (passphrase) => passphrase === secret,
    protect(passphrase) {
      secret = passphrase;
    },
  };
}
