/** Making an account (spec/02-accounts.md): an identity key from the recovery phrase, the next one kept apart. */
import { type AccountId, concat, encodeAccountGenesis, idFromBytes, labels } from "@multichat/protocol";
import type { Crypto, Random } from "../ports/index.ts";

export interface NewAccount {
  id: AccountId;
  /** The account genesis, encoded. */
  genesis: Uint8Array;
  /** 32 bytes: the entropy of the recovery phrase. A secret, kept only until the phrase is confirmed. */
  identitySeed: Uint8Array;
  /** 32 bytes, kept on the devices: replaces a leaked phrase. A secret. */
  nextSeed: Uint8Array;
}

export function createAccount(crypto: Crypto, random: Random): NewAccount {
  const identitySeed = random.bytes(32);
  const nextSeed = random.bytes(32);
  const nextKeyHash = crypto.sha256(labels.nextKey, crypto.publicKey(nextSeed));
  const genesis = encodeAccountGenesis({ identityKey: crypto.publicKey(identitySeed), nextKeyHash });
  return { id: accountId(crypto, genesis), genesis, identitySeed, nextSeed };
}

export function accountId(crypto: Crypto, genesis: Uint8Array): AccountId {
  return idFromBytes<AccountId>(crypto.sha256(concat(labels.account, genesis)));
}
