/** Acting for the root of a space with the recovery phrase that holds its key (spec/04-control.md, The root). */
import { commitment, phraseLength, sameBytes } from "@multichat/core";
import type { Crypto } from "@multichat/core/ports";
import { type AccountId, type ControlPayload, encodeControlPayload, toHex } from "@multichat/protocol";
import { type Draft, draft } from "../conversation/author.ts";
import type { Scope } from "../command-scope.ts";
import { Failure } from "../failure.ts";
import { seedOfWords } from "../accounts/recovery.ts";
import { type RootKeys, type Successor, rootKeys, rooted, signaturesNeeded, successorsOf } from "./root-keys.ts";
import type { RootAsked } from "./root-requests.ts";
import type { Space } from "../joining/spaces.ts";

export interface RootSigning {
  /** The phrase's seed, as typed or as it still is here. @throws Failure */
  phrase(words: readonly string[] | undefined): Uint8Array;
  /**
   * The keys in force, replaced by this one's where they had committed to it.
   * @param anew whoever gave the key up does not stand by any more @throws Failure where it is no root key
   */
  hold(space: Space, seed: Uint8Array, anew?: boolean): RootKeys;
  /** An event at rank 0, under the keys in force when it is called. */
  signed<K extends "grant" | "revoke" | "root.rotate" | "policy.set">(space: Space, root: RootKeys, seed: Uint8Array, kind: K, payload: ControlPayload<K>): Draft;
  /** Everywhere where the root had committed to this account's new phrase, it follows. Answers where the key stays in an earlier one. */
  follow(): Space[];
  successors(space: Space): Successor[] | null;
  /** What a root that is to pass to this key commits to. */
  commitmentTo(seed: Uint8Array): Uint8Array;
  /** The rotation that enough have signed, at the place they signed it for. */
  rotate(space: Space, asked: RootAsked): void;
  /** Whose key it is: of those known here; and whether it is in the phrase they have now. */
  holderOf(space: Space, key: Uint8Array): { account: AccountId; current: boolean } | null;
}

export function createRootSigning(scope: Scope, crypto: Crypto): RootSigning {
  const { node } = scope;
  const { keys } = node.trust;

  function phrase(words: readonly string[] | undefined): Uint8Array {
    const seed = words === undefined ? node.seeds.phrase() : seedOfWords(words);
    if (seed === null) throw new Failure("phrase-erased", `The recovery phrase is not on this device any more. Type its ${phraseLength} words: they hold the root key, which alone makes owners.`);
    return seed;
  }

  function signed<K extends "grant" | "revoke" | "root.rotate" | "policy.set">(space: Space, { generation }: RootKeys, seed: Uint8Array, kind: K, payload: ControlPayload<K>): Draft {
    return rooted(crypto, space, generation, seed, kind, payload);
  }

  function commitmentTo(seed: Uint8Array): Uint8Array {
    return commitment(crypto, [crypto.publicKey(seed)]);
  }

  function isCommitted(root: RootKeys, seed: Uint8Array): boolean {
    return sameBytes(commitmentTo(seed), root.next);
  }

  /** Replaces the keys in force by this one's, which they had committed to. */
  function advance(space: Space, root: RootKeys, seed: Uint8Array, anew: boolean): RootKeys {
    const { identityKey, formerKeys, nextKeyHash } = node.logs.own.state();
    const mine = root.keys.every((key) => [identityKey, ...formerKeys].includes(toHex(key)));
    // Those who gave it to this account stand by as before; where only the phrase was replaced, its next key does.
    const rest = mine || anew ? { k: 1, next: nextKeyHash } : { k: root.k, next: commitment(crypto, root.keys) };
    const next: RootKeys = { generation: root.generation + 1, keys: [crypto.publicKey(seed)], ...rest };
    scope.write(space, [signed(space, next, seed, "root.rotate", { ...next, keys: [...next.keys] })]);
    return next;
  }

  function notHeld(space: Space, root: RootKeys, seed: Uint8Array): Failure {
    if (toHex(crypto.publicKey(seed)) !== node.logs.own.state().identityKey) return new Failure("not-allowed", "This recovery phrase does not hold the root key of this workspace.");
    const names = root.keys.map((key) => holderOf(space, key)).flatMap((holder) => (holder === null ? [] : [holder]));
    const earlier = names.some(({ account, current }) => account === scope.account && !current);
    if (earlier) return new Failure("not-allowed", "The root key of this workspace is in a recovery phrase that you had before. Type the words of that one.");
    const whose = names.map(({ account }) => node.people.person(account).name).join(", ");
    return new Failure("not-allowed", whose === "" ? "You do not hold the root key of this workspace." : `The root key of this workspace is in the recovery phrase of ${whose}.`);
  }

  function holderOf(space: Space, key: Uint8Array): { account: AccountId; current: boolean } | null {
    const hex = toHex(key);
    const state = space.replica.state()!;
    const known = new Set([state.genesis.account, ...state.grantsOf.keys()]);
    for (const account of known) {
      if (keys.identityKey(account) === hex) return { account, current: true };
      if (keys.formerKeys(account).includes(hex)) return { account, current: false };
    }
    return null;
  }

  return {
    phrase, signed, holderOf, commitmentTo,
    rotate(space, { rotation, approvals, heads }) {
      const statement = { generation: rotation.generation, signatures: approvals };
      const written = node.author.write(space, space.id, [{ ...draft("root.rotate", rotation), rooted: () => encodeControlPayload("root.rotate", rotation, statement) }], heads);
      node.wrote(space, written.received);
    },
    hold(space, seed, anew = false) {
      const root = rootKeys(space);
      if (isCommitted(root, seed)) return advance(space, root, seed, anew);
      if (!root.keys.some((key) => sameBytes(key, crypto.publicKey(seed)))) throw notHeld(space, root, seed);
      if (signaturesNeeded(root.k, root.keys.length) > 1) throw new Failure("not-allowed", "The root keys of this workspace must sign together. Ask those who hold them for the ownership.");
      return root;
    },
    follow() {
      const seed = node.seeds.phrase();
      const left: Space[] = [];
      const { formerKeys } = node.logs.own.state();
      for (const space of node.spaces.all()) {
        if (space.row.state !== "member" || space.replica.state() === null) continue;
        const root = rootKeys(space);
        if (seed === null || !isCommitted(root, seed)) {
          if (root.keys.some((key) => formerKeys.includes(toHex(key)))) left.push(space);
          continue;
        }
        try {
          advance(space, root, seed, false);
        } catch (error) {
          // The new words must be shown whatever happens here, and what was left out is made up for when the key is needed.
          if (!(error instanceof Failure)) throw error;
        }
      }
      return left;
    },
    successors: (space) => successorsOf(crypto, space, rootKeys(space)),
  };
}
