/** How invites die (spec/04-control.md, rule 6): withdrawn, or with somebody in the line of those who gave the right to write them. */
import type { Fact, GrantFact } from "../facts.ts";
import { type Judged, saw } from "../judged.ts";
import type { Standing } from "../acts.ts";
import { adopted } from "./adopt.ts";

/**
 * Whether an invite is dead for an admission; or, without one, for all that come after now.
 * @param rank of the role it gives: only what is senior to it counts
 */
export function isDead(judged: Judged, invite: Fact, rank: number, admission: Fact | null): boolean {
  const { acts, rules } = judged;
  const kills = (cause: Standing, ownGrant: Fact | null): boolean => {
    if (cause.rank >= rank || (ownGrant !== null && saw(ownGrant, cause.fact))) return false;
    const sawAdmission = admission !== null && saw(cause.fact, admission);
    if (!rules.killsInvite({ inInvite: saw(invite, cause.fact), sawAdmission })) return false;
    return admission === null || !adopted(judged, admission, cause);
  };
  if (acts.inviteRevokes.of(invite.id).some((cause) => kills(cause, null))) return true;
  return issuers(invite).some((grant) => {
    const reached = (cause: Standing): boolean => cause.rank < grant.rank && kills(cause, judged.facts.at(grant.index));
    return acts.removals.of(grant.account).some(reached) || acts.revokes.of(grant.id).some(reached);
  });
}

/** The grants by which the right to write this invite came down from the root, its own first. */
function issuers(invite: Fact): GrantFact[] {
  const line: GrantFact[] = [];
  for (let grant = invite.auth; grant !== null && grant !== "root"; grant = grant.issuer) line.push(grant);
  return line;
}
