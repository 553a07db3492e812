/**
 * What an acting event claims, against the ranks and permissions that its grant could give at most (spec/04-control.md, Facts).
 * What fails here can never stand, whatever else turns out; so every node counts it alike.
 */
import type { AnyControl } from "@multichat/protocol";
import type { Fact, Facts } from "../facts.ts";
import { type Permission, type PermissionSet, allPermissions, ownerRank } from "../permissions.ts";
import { needed } from "./kinds.ts";
import type { Rules } from "./rules.ts";

export interface Claims {
  facts: Pick<Facts, "get" | "rankOf" | "grants">;
  rules: Rules;
  /** Whether its role ever had one of these in its past, or a channel allowed it there to anybody. */
  everHad(fact: Fact, any: readonly Permission[]): boolean;
}

export function claimProblem(claims: Claims, event: Fact, control: AnyControl): string | null {
  return unknownBits(control) ?? rankProblem(claims, event, control) ?? hopeless(claims, event, control);
}

function hopeless(claims: Claims, event: Fact, control: AnyControl): string | null {
  const any = needed(claims, event, control);
  return any.length === 0 || claims.everHad(event, any) ? null : `without the permission "${any[0]}"`;
}

const causes: Record<"cut" | "fence", ReadonlySet<string>> = {
  cut: new Set(["remove", "ban", "parent.applied", "device.unbind", "proof"]),
  fence: new Set(["mute", "lock", "channel.archive", "revoke", "role.set", "override"]),
};

function unknownBits(control: AnyControl): string | null {
  const known = (...sets: PermissionSet[]): string | null => (sets.every((set) => set <= allPermissions) ? null : "permissions that there are not");
  switch (control.kind) {
    case "role.create":
      return known(control.payload.permissions);
    case "role.set":
      return known(control.payload.on, control.payload.off);
    case "override":
      return known(control.payload.allow, control.payload.deny);
    default:
      return null;
  }
}

function rankProblem({ facts, rules }: Claims, event: Fact, control: AnyControl): string | null {
  const below = (other: number | null, what: string): string | null =>
    other !== null && rules.outranks(event.rank, other) ? null : `${what} not junior to the acting one`;
  switch (control.kind) {
    case "role.create":
      return control.payload.rank < ownerRank ? "a rank kept for the root" : below(control.payload.rank, "a role");
    case "role.set":
    case "grant":
      return below(facts.rankOf(control.payload.role), "a role");
    case "invite.create":
      return below(facts.rankOf(control.payload.role), "an invite to a role");
    case "invite.revoke": {
      const invite = facts.get(control.payload.invite)?.control;
      return below(invite?.kind === "invite.create" ? facts.rankOf(invite.payload.role) : null, "an invite to a role");
    }
    case "revoke":
      return below(facts.grants.get(control.payload.grant)?.rank ?? null, "a grant");
    case "override":
      return "role" in control.payload.subject ? below(facts.rankOf(control.payload.subject.role), "a role") : null;
    case "root.rotate":
      return event.auth === "root" ? null : "a rotation under a grant";
    case "adopt":
      return adoptProblem(rules, facts.get(control.payload.cause)!, event.rank);
    case "cut":
    case "fence":
      return causes[control.kind].has(facts.get(control.payload.cause)?.control?.kind ?? "") ? null : "a cause that it cannot follow";
    default:
      return null;
  }
}

const adoptable: ReadonlySet<string> = new Set(["remove", "ban", "parent.applied", "revoke", "role.set", "invite.revoke"]);

/** Of a `parent.applied` the rank is its poster's, which is compared when the adoption is used. */
function adoptProblem(rules: Rules, cause: Fact, rank: number): string | null {
  if (!adoptable.has(cause.control?.kind ?? "")) return "a cause that it cannot follow";
  return cause.control?.kind === "parent.applied" || rules.adopts({ adopt: rank, cause: cause.rank }) ? null : "a cause of somebody senior";
}
