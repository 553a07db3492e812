/**
 * Setting up who may take over from the root, and their agreeing (spec/04-control.md, The root). The keys that may come next
 * are fixed by the ones before; so naming people replaces the phrase of the one who names them.
 */
import { commitment, sameBytes } from "@multichat/core";
import type { Crypto } from "@multichat/core/ports";
import type { Ownership } from "@multichat/client/contract";
import { type AccountId, compareBytes, fromHex, limits, toHex } from "@multichat/protocol";
import type { Scope } from "../command-scope.ts";
import type { Handlers } from "../commands.ts";
import { Failure } from "../failure.ts";
import { type RootKeys, type Successor, successorsPolicy, successorsText } from "./root-keys.ts";
import type { RootSigning } from "./root-signing.ts";
import type { Space } from "../joining/spaces.ts";

export function createOwnershipRecovery(scope: Scope, crypto: Crypto, deps: { signing: RootSigning; present(space: Space): Ownership }) {
  const { node, account: self } = scope;
  const { roots } = node.governance;
  const { signing, present } = deps;

  /** Ascending by key, as the rotation has them. @throws Failure */
  function chosen(space: Space, accounts: readonly string[]): Successor[] {
    return [...new Set(accounts as AccountId[])]
      .map((account) => {
        const { name } = node.people.person(account);
        if (account === self) throw new Failure("bad-request", "You hold the root key already. Choose others.");
        if (!scope.state(space).members.has(account)) throw new Failure("not-found", `${name} does not belong to this workspace.`);
        const key = node.trust.keys.identityKey(account);
        if (key === null) throw new Failure("not-found", `The keys of ${name} are not known here yet. Try again once a device of theirs was connected.`);
        return { account, key: fromHex(key) };
      })
      .sort((a, b) => compareBytes(a.key, b.key));
  }

  function requireSuccessors(space: Space): Successor[] {
    const successors = signing.successors(space);
    if (successors === null) throw new Failure("not-found", "Nobody was named who could recover the ownership of this workspace.");
    return successors;
  }

  return {
    "ownership.set-recovery": ({ space: id, accounts, needed, words }) => {
      const space = scope.space(id);
      const successors = chosen(space, accounts);
      if (needed > successors.length) throw new Failure("bad-request", `At most all ${successors.length} can be needed.`);
      const seed = signing.phrase(words);
      const root = signing.hold(space, seed);
      const next = node.seeds.next();
      const set = signing.successors(space);
      if (set !== null) {
        const names = set.map(({ account }) => node.people.person(account).name).join(", ");
        throw new Failure("not-allowed", `This was set up with ${names}. It can be changed only with their help: ask for the ownership, and when ${Math.min(root.k, set.length)} of them have agreed, take it so that others can be named.`);
      }
      if (next === null || !sameBytes(signing.commitmentTo(next), root.next)) {
        throw new Failure("not-allowed", "This cannot be set up any more: the key that it takes was lost with the devices that had it.");
      }
      const fresh = node.seeds.rotate(words);
      const keys = successors.map(({ key }) => key);
      const held: RootKeys = { generation: root.generation + 1, keys: [crypto.publicKey(next)], k: needed, next: commitment(crypto, keys) };
      scope.write(space, [
        signing.signed(space, held, next, "root.rotate", { ...held, keys: [...held.keys] }),
        signing.signed(space, held, next, "policy.set", { key: successorsPolicy, value: successorsText(successors) }),
      ]);
      signing.follow();
      node.pushes.markStatus();
      return { ownership: present(space), words: fresh };
    },
    "ownership.request": ({ space: id }) => {
      const space = scope.space(id);
      requireSuccessors(space);
      // So that the request can name few heads.
      if (space.replica.log.heads().length > limits.heads) scope.control(space, "merge", { account: self });
      roots.ask(space);
      return { ownership: present(space) };
    },
    "ownership.withdraw": ({ space: id }) => {
      const space = scope.space(id);
      roots.withdraw(space);
      return { ownership: present(space) };
    },
    "ownership.approve": ({ space: id, request, words }) => {
      const space = scope.space(id);
      const asked = roots.list(space).find((one) => one.id === request);
      if (asked === undefined) throw new Failure("not-found", "There is no such request here any more.");
      const seed = signing.phrase(words);
      const { identityKey, formerKeys } = node.logs.own.state();
      // Whose a key is the root has only said: what is in this account's own log counts too.
      const mine = requireSuccessors(space).filter(({ account, key }) => account === self || [identityKey, ...formerKeys].includes(toHex(key)));
      if (!mine.some(({ key }) => sameBytes(key, crypto.publicKey(seed)))) {
        throw mine.length > 0
          ? new Failure("phrase-mismatch", "Your key here is in another recovery phrase: the one you had when you were named. Type the words of that one.")
          : new Failure("not-allowed", "You are not among those who can recover the ownership of this workspace.");
      }
      roots.approve(space, asked, seed);
      return { ownership: present(space) };
    },
  } satisfies Handlers;
}

