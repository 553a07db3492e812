/** Re-adding (spec/04-control.md, rule 3): which grants are of use to whom they are for, given who was removed when. */
import { hlcTime } from "@multichat/protocol";
import type { Standing } from "../acts.ts";
import type { GrantFact } from "../facts.ts";
import { type Judged, saw } from "../judged.ts";
import { adopted } from "./adopt.ts";

/** Why a grant whose event stands is of no use, or null. */
export function unusable(judged: Judged, grant: GrantFact): string | null {
  const { acts, rules, facts } = judged;
  const made = facts.at(grant.index);
  for (const cause of acts.removals.of(grant.account)) {
    if (cause.rank >= grant.rank) continue;
    const seenByGrant = saw(made, cause.fact);
    const reach = { removal: cause.rank, grant: grant.rank, seenByGrant, sawEvent: saw(cause.fact, made) };
    if (rules.spoilsGrant(reach) && !adopted(judged, made, cause)) return "given while its subject was being removed";
    if (seenByGrant && banned(judged, grant, cause)) return "given to somebody who is banned";
  }
  return null;
}

/** Whether a ban that the grant's maker had seen was still on: neither lifted there nor over. */
function banned({ acts, rules, facts }: Judged, grant: GrantFact, cause: Standing): boolean {
  const { control } = cause.fact;
  if (control?.kind !== "ban") return false;
  const made = facts.at(grant.index);
  const { until } = control.payload;
  const lifted = acts.unbans.of(grant.account).some(({ fact, rank }) => rank < grant.rank && saw(made, fact) && saw(fact, cause.fact));
  return rules.banHolds({ lifted, over: until !== 0 && hlcTime(made.header.hlc) >= until });
}
