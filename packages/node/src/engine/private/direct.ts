/**
 * Direct conversations (spec/11-private-spaces.md): whose each one is, and which of several with the same people counts.
 */
import type { ControlState } from "@multichat/core";
import { type AccountId, type SpaceId, parseAccountId } from "@multichat/protocol";
import { type Author, draft } from "../conversation/author.ts";
import { kindOf } from "./spaces.ts";
import type { Space, Spaces } from "../joining/spaces.ts";

export interface Direct {
  /** Whose it is, this account included: those who left are no longer among them. Empty for other spaces. */
  people(space: Space): AccountId[];
  /** The same, with those who left. */
  everyone(space: Space): AccountId[];
  /** One of two has left, and the other is alone in it: who writes to them again begins a new one. */
  isOver(space: Space): boolean;
  isGroup(space: Space): boolean;
  /** When somebody was added, ms; null for who is in it from the beginning, or not at all. */
  addedAt(space: Space, account: AccountId): number | null;
  /** The conversation of exactly these people, this account included; null if there is none. */
  find(people: readonly AccountId[]): Space | null;
  /** The other conversation of the same people that counts; null if this one does. */
  replacedBy(space: Space): SpaceId | null;
  /** Lets somebody into a group, or in again. @throws Failure, StoreError */
  add(space: Space, accounts: readonly AccountId[]): ReturnType<Author["write"]>;
}

export function createDirect(deps: { spaces: Spaces; author: Author; now(): number }): Direct {
  const { spaces, author } = deps;

  function isGroup(space: Space): boolean {
    return space.replica.state()?.genesis.policy.get("group") === 1;
  }

  /** Since when each account is one of its people, ms: by the root's grants, and in a group by being added. */
  function invited(space: Space): Map<AccountId, number> {
    const state = space.replica.state();
    const found = new Map<AccountId, number>();
    if (state === null || state.genesis.kind !== "direct") return found;
    for (const [account, grants] of state.grantsOf) if (grants.some(({ event }) => state.judged.facts.get(event)?.auth === "root")) found.set(account, 0);
    for (const [key, value] of state.policies) {
      const account = parseAccountId(key);
      if (account !== null && typeof value === "number" && isGroup(space)) found.set(account, value);
    }
    return found;
  }

  function hasLeft(state: ControlState, account: AccountId, since: number): boolean {
    const departure = state.departed.get(account);
    return departure !== undefined && since <= departure.at;
  }

  function people(space: Space): AccountId[] {
    const state = space.replica.state();
    return [...invited(space)].flatMap(([account, since]) => (hasLeft(state!, account, since) ? [] : [account]));
  }

  function keyOf(accounts: Iterable<AccountId>): string {
    return [...accounts].sort().join();
  }

  function all(group: boolean): Space[] {
    return [...spaces.all()].filter((space) => space.row.state === "member" && kindOf(space) === "direct" && isGroup(space) === group);
  }

  /** Nobody of its people has left. */
  function isWhole(space: Space): boolean {
    return people(space).length === invited(space).size;
  }

  function first(found: Space[]): Space | null {
    return found.reduce<Space | null>((least, space) => (least === null || space.id < least.id ? space : least), null);
  }

  return {
    people,
    everyone: (space) => [...invited(space).keys()],
    isOver: (space) => kindOf(space) === "direct" && !isGroup(space) && !isWhole(space),
    isGroup,
    addedAt: (space, account) => invited(space).get(account) || null,
    find(accounts) {
      const group = accounts.length > 2;
      const key = keyOf(accounts);
      const same = all(group).filter((space) => keyOf(people(space)) === key);
      return first(same.filter(isWhole)) ?? first(same);
    },
    replacedBy(space) {
      if (kindOf(space) !== "direct" || !isWhole(space)) return null;
      const key = keyOf(people(space));
      const counts = first(all(isGroup(space)).filter((other) => isWhole(other) && keyOf(people(other)) === key));
      return counts === null || counts.id >= space.id ? null : counts.id;
    },
    add(space, accounts) {
      const { departed } = space.replica.state()!;
      const drafts = accounts.map((account) => {
        const value = Math.floor(Math.max(deps.now(), (departed.get(account)?.at ?? 0) + 1));
        return draft("policy.set", { key: account, value });
      });
      return author.write(space, space.id, drafts);
    },
  };
}
