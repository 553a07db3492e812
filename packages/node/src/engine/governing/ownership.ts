/** Who owns a workspace, and moving that (spec/04-control.md, The root): only the root keys, which stand above all roles, make and unmake owners. */
import { type ControlState, type Grant, type Role, sameBytes } from "@multichat/core";
import type { Crypto } from "@multichat/core/ports";
import type { KeyHolder, Ownership } from "@multichat/client/contract";
import type { AccountId } from "@multichat/protocol";
import type { Draft } from "../conversation/author.ts";
import type { Scope } from "../command-scope.ts";
import type { Handlers } from "../commands.ts";
import { Failure } from "../failure.ts";
import { rolesInUse } from "./role-order.ts";
import { type RootKeys, rootKeys, signaturesNeeded } from "./root-keys.ts";
import type { RootSigning } from "./root-signing.ts";
import { createOwnershipRecovery } from "./ownership-recovery.ts";
import type { Space } from "../joining/spaces.ts";

export function createOwnershipCommands(scope: Scope, crypto: Crypto, signing: RootSigning) {
  const { node, account: self } = scope;
  const { roots } = node.governance;

  function holder(space: Space, key: Uint8Array, named: AccountId | null): KeyHolder {
    const known = signing.holderOf(space, key) ?? (named === null ? null : { account: named, current: false });
    if (known === null) return { person: null, you: false, member: false, current: false };
    const { account, current } = known;
    return { person: node.people.person(account), you: account === self, member: scope.state(space).members.has(account), current };
  }

  function present(space: Space): Ownership {
    const root = rootKeys(space);
    const successors = signing.successors(space);
    return {
      owners: ownersOf(scope.state(space)).map(node.people.person),
      holders: root.keys.map((key) => holder(space, key, null)),
      needed: signaturesNeeded(root.k, root.keys.length),
      recovery: successors && { holders: successors.map(({ key, account }) => holder(space, key, account)), needed: signaturesNeeded(root.k, successors.length) },
      requests: roots.list(space).map(({ id, by, at, approvedBy, needed }) => ({
        id, by: node.people.person(by), own: by === self, at, approvedBy: approvedBy.map(node.people.person), needed, approved: approvedBy.includes(self),
      })),
    };
  }

  /** Out of the owner's role: nobody is without any. */
  function unmade(space: Space, root: RootKeys, seed: Uint8Array, account: AccountId): Draft[] {
    const { owner, next } = firstRoles(scope.state(space));
    const grants = scope.state(space).members.get(account)?.grants ?? [];
    if (next === undefined && grants.every(({ role }) => role === owner)) throw new Failure("not-allowed", "There is no other role that an owner could have then.");
    return [
      ...(grants.some(({ role }) => role !== owner) ? [] : [signing.signed(space, root, seed, "grant", { account, role: next!.id })]),
      ...grants.filter(({ role }) => role === owner).map((grant) => signing.signed(space, root, seed, "revoke", { grant: grant.id })),
    ];
  }

  function made(space: Space, root: RootKeys, seed: Uint8Array, account: AccountId): Draft[] {
    const state = scope.state(space);
    return ownersOf(state).includes(account) ? [] : [signing.signed(space, root, seed, "grant", { account, role: firstRoles(state).owner.id })];
  }

  /** By the signatures of those who agreed, at the place they signed for. */
  function giveOver(space: Space, seed: Uint8Array): void {
    const asked = roots.own(space);
    if (asked === null || asked.approvals.length < asked.needed) return;
    if (!sameBytes(asked.rotation.next, signing.commitmentTo(seed))) throw new Failure("phrase-mismatch", "Type the words of the recovery phrase that you have now: the key was given to that one.");
    signing.rotate(space, asked);
  }

  return {
    "space.transfer-ownership": ({ space: id, account, words, stay = false }) => {
      const space = scope.space(id);
      const heir = account as AccountId;
      if (!scope.state(space).members.has(heir)) throw new Failure("not-found", `${node.people.person(heir).name} does not belong to this workspace.`);
      const seed = signing.phrase(words);
      const root = signing.hold(space, seed);
      scope.write(space, [...made(space, root, seed, heir), ...(stay || heir === self ? [] : unmade(space, root, seed, self))]);
      const [key] = present(space).holders;
      return {
        member: node.present.members(space).find((member) => member.id === account)!,
        note: `The root key stays with the recovery phrase of ${key!.person?.name ?? "whoever founded it"}: whoever has that can name and remove owners.`,
      };
    },
    "ownership.get": ({ space: id }) => ({ ownership: present(scope.readable(id)) }),
    "ownership.take": ({ space: id, words, keep = false, anew = false, override }) => {
      const space = scope.space(id);
      const seed = signing.phrase(words);
      if (!keep) scope.requireFresh(space, "the other owners", override);
      giveOver(space, seed);
      const root = signing.hold(space, seed, anew);
      const others = keep ? [] : ownersOf(scope.state(space)).filter((owner) => owner !== self);
      const drafts = [...made(space, root, seed, self), ...others.flatMap((other) => unmade(space, root, seed, other))];
      if (drafts.length > 0) scope.write(space, drafts);
      return { ownership: present(space) };
    },
    ...createOwnershipRecovery(scope, crypto, { signing, present }),
  } satisfies Handlers;
}

function firstRoles(state: ControlState): { owner: Role; next: Role | undefined } {
  const [owner, next] = rolesInUse(state);
  return { owner: owner!, next };
}

function ownersOf(state: ControlState): AccountId[] {
  const { owner } = firstRoles(state);
  const has = ({ grants }: { grants: Grant[] }): boolean => grants.some(({ role }) => role === owner);
  return [...state.members.values()].filter(has).map(({ account }) => account);
}
