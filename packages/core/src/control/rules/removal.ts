/**
 * Strong removal (spec/04-control.md, rule 2): a removal, ban or revoke makes void what its author had not seen of its
 * subject, however old the frontier that the subject cites.
 */
import type { Fact, GrantFact } from "../facts.ts";
import { type Judged, saw } from "../judged.ts";
import type { Past } from "../log.ts";
import { adopted } from "./adopt.ts";
import { disowned } from "./unbinding.ts";

/** Why an event under this grant is void: its author was removed, or the grant withdrawn. Null if neither. */
export function voided(judged: Judged, event: Fact, grant: GrantFact): string | null {
  const { acts, rules, facts } = judged;
  for (const cause of acts.removals.of(grant.account)) {
    const seenByGrant = facts.at(grant.index).past.has(cause.fact.index);
    const reach = { removal: cause.rank, grant: grant.rank, seenByGrant, sawEvent: saw(cause.fact, event), seenByEvent: saw(event, cause.fact) };
    if (rules.voids(reach) && !adopted(judged, event, cause)) return "its author was removed";
  }
  for (const cause of acts.revokes.of(grant.id)) {
    const reach = { removal: cause.rank, grant: grant.rank, seenByGrant: false, sawEvent: saw(cause.fact, event), seenByEvent: saw(event, cause.fact) };
    if (rules.voids(reach) && !adopted(judged, event, cause)) return "its grant was withdrawn";
  }
  return hasLeft(judged, event.past, grant) ? "under a grant that is not in force" : null;
}

/** Whether a grant was in force in a past: made there, and neither removed, withdrawn nor left there. */
export function inForce(judged: Judged, past: Past, grant: GrantFact): boolean {
  const { acts, facts } = judged;
  if (!past.has(grant.index)) return false;
  const made = facts.at(grant.index).past;
  for (const { fact, rank } of acts.removals.of(grant.account)) {
    if (rank < grant.rank && past.has(fact.index) && !made.has(fact.index)) return false;
  }
  for (const { fact, rank } of acts.revokes.of(grant.id)) if (rank < grant.rank && past.has(fact.index)) return false;
  return !hasLeft(judged, past, grant);
}

/** A leave ends what was in its past, for those who have seen it: or a fork could undo its author's own past. */
function hasLeft(judged: Judged, past: Past, grant: GrantFact): boolean {
  const { acts, rules } = judged;
  return acts.leaves
    .of(grant.account)
    .some(({ fact }) => rules.leaveEnds({ leaveSawGrant: fact.past.has(grant.index), seenByEvent: past.has(fact.index) }) && !disowned(judged, fact, grant));
}
