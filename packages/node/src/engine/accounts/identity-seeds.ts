/**
 * The seeds of the identity key in force, as long as the phrase was not confirmed, and of the next one (spec/02-accounts.md,
 * spec/09-devices.md): replaced with the phrase, and the next one shared among own devices.
 */
import { certifyDevice, phraseWords } from "@multichat/core";
import type { Crypto, Random } from "@multichat/core/ports";
import { fromHex, hlcAt, labels, toHex } from "@multichat/protocol";
import type { AccountLogs } from "./account-logs.ts";
import { Failure } from "../failure.ts";
import type { OwnData } from "./own-data.ts";
import { seedOfWords } from "./recovery.ts";
import type { AccountKeys, DeviceKeys } from "../vault.ts";

const ownKey = "next/seed";

export interface IdentitySeeds {
  /** The phrase's, as long as it was not confirmed. */
  phrase(): Uint8Array | null;
  next(): Uint8Array | null;
  /** Replaces the recovery phrase; answers the new words. @throws Failure */
  rotate(words: readonly string[] | undefined): string[];
  /** The log or own data changed. */
  settle(): void;
}

export function createIdentitySeeds(deps: {
  crypto: Crypto;
  random: Random;
  logs: AccountLogs;
  own: OwnData;
  account: AccountKeys;
  device: DeviceKeys;
  now(): number;
  /** Asked each time: the person may have confirmed the phrase meanwhile. */
  phraseSeed(): Uint8Array | null;
  keepAccount(change: Partial<AccountKeys>): void;
  stopped(): string | null;
}): IdentitySeeds {
  const { crypto, random, logs, own } = deps;
  let next = deps.account.nextSeed;

  function isNext(seed: Uint8Array): boolean {
    return toHex(crypto.sha256(labels.nextKey, crypto.publicKey(seed))) === toHex(logs.own.state().nextKeyHash);
  }

  function shared(): Uint8Array | null {
    const told = own.get(ownKey);
    return told !== null && /^[0-9a-f]{64}$/.test(told) ? fromHex(told) : null;
  }

  return {
    phrase: deps.phraseSeed,
    next: () => (next !== null && isNext(next) ? next : null),
    rotate(words) {
      const stopped = deps.stopped();
      if (stopped !== null) throw new Failure("device-stopped", stopped);
      const seed = words === undefined ? deps.phraseSeed() : seedOfWords(words);
      if (seed === null) throw new Failure("phrase-erased", "Enter the 24 words of the phrase in force: this computer no longer has them.");
      if (toHex(crypto.publicKey(seed)) !== logs.own.state().identityKey) {
        throw new Failure("phrase-mismatch", "These words are not the recovery phrase of this account, or one that was replaced.");
      }
      const following = this.next();
      if (following === null) throw new Failure("not-found", "This phrase cannot be replaced: what it takes was lost with the devices that had it.");
      const afterwards = random.bytes(32);
      logs.write(
        { type: "key.rotate", identityKey: crypto.publicKey(following), nextKeyHash: crypto.sha256(labels.nextKey, crypto.publicKey(afterwards)) },
        [seed, following],
        { identitySeed: following, nextSeed: afterwards },
      );
      // By the new key: spaces take nothing from the old one once they have seen this.
      const { id: account, genesis } = deps.account;
      const certified = certifyDevice(crypto, { account, genesis, rotations: logs.own.state().rotations, device: deps.device, bySeed: following, hlc: hlcAt(deps.now()) });
      logs.write({ type: "device.add", ...certified }, [following, deps.device.signingSeed], certified);
      next = afterwards;
      own.set(ownKey, toHex(afterwards));
      return phraseWords(following);
    },
    settle() {
      const phrase = deps.phraseSeed();
      // Replaced on another device: these words open nothing any more.
      if (phrase !== null && toHex(crypto.publicKey(phrase)) !== logs.own.state().identityKey) deps.keepAccount({ identitySeed: null });
      const told = shared();
      if (told !== null && isNext(told)) {
        if (next === null || toHex(next) !== toHex(told)) deps.keepAccount({ nextSeed: told });
        next = told;
      } else if (next !== null && isNext(next)) own.set(ownKey, toHex(next));
    },
  };
}
