/**
 * Private channels and their workspaces (spec/11-private-spaces.md): who is to be let in, and what follows for those who
 * were removed from the workspace: nodes withhold the channel from them at once, and somebody senior removes them.
 */
import { type ControlState, type Departure, eventId } from "@multichat/core";
import type { Crypto, Store } from "@multichat/core/ports";
import { type AccountId, type ControlPayload, type SpaceId, decodeEvent, encode, eventValue } from "@multichat/protocol";
import { type Author, draft } from "./author.ts";
import type { Space, Spaces } from "./spaces.ts";

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
  /** Others are withheld than before. */
  changed(space: Space): void;
}): PrivateSpaces {
  const { crypto, spaces } = deps;

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

  /** Where this account is senior; elsewhere it would be without effect. */
  function apply(child: Space, account: AccountId): void {
    const { members } = child.replica.state()!;
    const [own, theirs] = [members.get(deps.account), members.get(account)];
    if (own === undefined || theirs === undefined || child.withheld.has(deps.account)) return;
    if (child.row.state !== "member" || deps.stopped() !== null || deps.author.waits(child) || own.grants[0]!.role.rank >= theirs.grants[0]!.role.rank) return;
    const event = deps.store.event(removalOf(child, account)!.event);
    if (event === null) return;
    const proof = encode(eventValue(event));
    if (proof.length > largestProof) return;
    deps.wrote(child, deps.author.write(child, child.id, [draft("parent.applied", { account, proof })]).received);
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
