/**
 * Private channels and their workspaces (spec/11-private-spaces.md): who is to be let in, and what follows for those who
 * were removed from the workspace: nodes withhold the channel from them at once, and somebody senior removes them.
 */
import { type ControlState, type Departure, actingGrant, eventId } from "@multichat/core";
import type { Crypto, Store } from "@multichat/core/ports";
import { type AccountId, type ControlPayload, type SpaceId, decodeEvent, encode, eventValue } from "@multichat/protocol";
import { type Author, draft } from "../conversation/author.ts";
import type { Space, Spaces } from "../joining/spaces.ts";

export type SpaceKind = ControlPayload<"genesis">["kind"];

export interface PrivateSpaces {
  /** Private channels of a workspace that are here. */
  childrenOf(workspace: Space): Space[];
  /** The workspace of a private channel, whether or not this account is in it; null for other spaces. */
  parentOf(space: Space): SpaceId | null;
  /** The control log of a space changed: what that means for it and for its children. */
  settle(space: Space): void;
}

/** Null while there is nothing to tell by. */
export function kindOf(space: Space): SpaceKind | null {
  return space.replica.state()?.genesis.kind ?? null;
}

/** Either will do to carry out a removal. */
const removing = ["kick", "ban"] as const;

/** How long a proof may be that fits the event which carries it (spec/04-control.md, Payloads). */
const largestProof = 16_384;

export function createPrivateSpaces(deps: {
  store: Store;
  crypto: Crypto;
  spaces: Spaces;
  author: Author;
  account: AccountId;
  /** Why this device does not sign, or null. */
  stopped(): string | null;
  wrote(space: Space, received: ReturnType<Author["write"]>["received"]): void;
  /** Whether this node heard from another member lately (spec/04-control.md, rule 10). */
  isFresh(space: Space): boolean;
  /** Others are withheld than before. */
  changed(space: Space): void;
}): PrivateSpaces {
  const { crypto, spaces } = deps;
  /** Written by this node since it started: what did not stand then is not written again at every change. */
  const written = new Set<string>();

  function parentsOf(space: Space): SpaceId[] {
    return kindOf(space) === "private" ? space.replica.state()!.genesis.parents.map(([parent]) => parent) : [];
  }

  /** How others ended this account's membership of a parent, unless that was carried out here. */
  function removalOf(child: Space, account: AccountId): Departure | null {
    for (const parent of parentsOf(child)) {
      const departure = spaces.get(parent)?.replica.state()?.departed.get(account);
      if (departure !== undefined && departure.how !== "left" && !isApplied(child.replica.state()!, account, departure)) return departure;
    }
    return null;
  }

  function isApplied({ judged }: ControlState, account: AccountId, removal: Departure): boolean {
    return judged.acts.removals.of(account).some(({ fact }) => {
      if (fact.control?.kind !== "parent.applied") return false;
      const proof = decodeEvent(fact.control.payload.proof);
      return proof.ok && eventId(crypto, proof.value.header) === removal.event;
    });
  }

  function withhold(child: Space): void {
    const members = [...(child.replica.state()?.members.keys() ?? [])];
    const withheld = new Set(members.filter((account) => removalOf(child, account) !== null));
    const same = withheld.size === child.withheld.size && [...withheld].every((account) => child.withheld.has(account));
    child.withheld = withheld;
    if (!same) deps.changed(child);
    for (const account of withheld) apply(child, account);
  }

  /** Whether this account may remove the other one; elsewhere it would be without effect. */
  function outranks(state: ControlState, account: AccountId): boolean {
    const acting = removing.map((permission) => actingGrant(state, deps.account, permission));
    return acting.some((grant) => grant !== null && state.members.get(account)!.grants.every(({ role }) => role.rank > grant.role.rank));
  }

  /** Nobody who could tell otherwise is left unheard: what a removal makes void should not be made so unawares. */
  function isCaughtUp(space: Space): boolean {
    const members = [...(space.replica.state()?.members.keys() ?? [])];
    return deps.isFresh(space) || members.every((member) => member === deps.account || space.withheld.has(member));
  }

  function apply(child: Space, account: AccountId): void {
    const state = child.replica.state()!;
    if (child.row.state !== "member" || deps.stopped() !== null || deps.author.waits(child) || child.withheld.has(deps.account)) return;
    // By what was written for one before, this one may be no member any more.
    const removal = state.members.has(account) ? removalOf(child, account) : null;
    if (removal === null || !outranks(state, account)) return;
    // It is withheld until then: this is looked at again once others were heard.
    if (![child, ...parentsOf(child).flatMap((id) => spaces.get(id) ?? [])].every(isCaughtUp)) return;
    const event = deps.store.event(removal.event);
    const key = `${child.id}/${removal.event}`;
    if (event === null || written.has(key)) return;
    const proof = encode(eventValue(event));
    if (proof.length > largestProof) return;
    const { received } = deps.author.write(child, child.id, [draft("parent.applied", { account, proof })]);
    written.add(key);
    deps.wrote(child, received);
  }

  const childrenOf = (workspace: Space): Space[] =>
    [...spaces.all()].filter((space) => space.row.state === "member" && parentsOf(space).includes(workspace.id));

  return {
    childrenOf,
    parentOf: (space) => parentsOf(space)[0] ?? null,
    settle(space) {
      if (kindOf(space) === "private") withhold(space);
      else for (const child of childrenOf(space)) withhold(child);
    },
  };
}
