/** Seniority (spec/04-control.md, rule 1): nobody restricts an account that has a grant at least as senior as the acting one. */
import type { AccountId } from "@multichat/protocol";
import type { Fact } from "../facts.ts";
import { type Judged, saw } from "../judged.ts";
import { inForce } from "./removal.ts";

/** Whether a usable grant, from before the event or beside it, protects its target. */
export function shielded(judged: Judged, event: Fact, acting: number, target: AccountId): boolean {
  const { acts, rules, facts } = judged;
  return (acts.grantsOf.get(target) ?? []).some((grant) => {
    const after = saw(facts.at(grant.index), event);
    const ended = event.past.has(grant.index) && !inForce(judged, event.past, grant);
    return rules.shields({ grant: grant.rank, acting, after, ended });
  });
}
