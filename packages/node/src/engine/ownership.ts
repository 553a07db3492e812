/** Moving ownership (spec/04-control.md, Ranks): only the root keys, which stand above all roles, make and unmake owners. */
import { phraseLength, readPhrase, rootMessage, sameBytes } from "@multichat/core";
import type { Crypto } from "@multichat/core/ports";
import { type AccountId, type ControlPayload, type EventId, encodeControlPayload } from "@multichat/protocol";
import { type Draft, draft } from "./author.ts";
import type { Scope } from "./command-scope.ts";
import type { Handlers } from "./commands.ts";
import { Failure } from "./failure.ts";
import { rolesInUse } from "./role-order.ts";
import type { Space } from "./spaces.ts";
import type { AccountKeys } from "./vault.ts";

/** Of the genesis: keys that have replaced those are not known to be held by anybody here. */
const generation = 0;

export function createOwnershipCommands(scope: Scope, deps: { crypto: Crypto; account(): AccountKeys }) {
  const { node, account: self } = scope;

  /** The seed of the space's one root key. @throws Failure where this person does not hold it */
  function rootSeed(space: Space, words: readonly string[] | undefined): Uint8Array {
    const [keys, k] = scope.state(space).genesis.root;
    if (k > 1) throw new Failure("not-allowed", "This workspace has several root keys, which must sign together. That cannot be done here yet.");
    const seed = words === undefined ? deps.account().identitySeed : seedOf(words);
    if (seed === null) throw new Failure("phrase-erased", `The recovery phrase is not on this device any more. Type its ${phraseLength} words: they hold the root key, which alone makes owners.`);
    if (!keys.some((key) => sameBytes(key, deps.crypto.publicKey(seed)))) throw new Failure("not-allowed", "This is not the recovery phrase that this workspace was founded with.");
    return seed;
  }

  /** At rank 0, with the root key's statement over its place. */
  function signed<K extends "grant" | "revoke">(space: Space, seed: Uint8Array, kind: K, payload: ControlPayload<K>): Draft {
    return {
      ...draft(kind, payload),
      rooted(at) {
        const message = rootMessage(deps.crypto, space.id as EventId, generation, { kind, payload } as Parameters<typeof rootMessage>[3], at);
        return encodeControlPayload(kind, payload, { generation, signatures: [[deps.crypto.publicKey(seed), deps.crypto.sign(seed, message)]] });
      },
    };
  }

  return {
    "space.transfer-ownership": ({ space: id, account, words, stay = false }) => {
      const space = scope.space(id);
      const state = scope.state(space);
      const [owner, ...others] = rolesInUse(state);
      if (!state.members.has(account as AccountId)) throw new Failure("not-found", `${node.people.person(account as AccountId).name} does not belong to this workspace.`);
      const seed = rootSeed(space, words);
      const sign = <K extends "grant" | "revoke">(kind: K, payload: ControlPayload<K>): Draft => signed(space, seed, kind, payload);
      const own = state.members.get(self)!.grants;
      const has = (member: AccountId): boolean => state.members.get(member)!.grants.some(({ role }) => role === owner);
      const next = others[0];
      if (!stay && next === undefined) throw new Failure("not-allowed", "There is no other role that you could have then.");
      scope.write(space, [
        ...(has(account as AccountId) ? [] : [sign("grant", { account: account as AccountId, role: owner!.id })]),
        ...(stay || account === self || own.some(({ role }) => role !== owner) ? [] : [sign("grant", { account: self, role: next!.id })]),
        ...(stay || account === self ? [] : own.filter(({ role }) => role === owner).map((grant) => sign("revoke", { grant: grant.id }))),
      ]);
      const founder = node.people.person(state.genesis.account).name;
      return {
        member: node.present.members(space).find((member) => member.id === account)!,
        note: `The root key stays with the recovery phrase of ${founder}: whoever has that can name and remove owners.`,
      };
    },
  } satisfies Handlers;
}

/** @throws Failure if they are no recovery phrase */
function seedOf(words: readonly string[]): Uint8Array {
  const read = readPhrase(words);
  if (!read.ok) throw new Failure("phrase-invalid", "These are not the words of a recovery phrase. Compare them with what you wrote down.");
  return read.seed;
}
