/** Admissions (spec/04-control.md, rule 6): a member's node lets in who proved an invite, no owner need be online. */
import type { Fact, GrantFact } from "../facts.ts";
import type { Judged } from "../judged.ts";
import { includes } from "../permissions.ts";
import { isDead } from "./invites.ts";
import { policyIn } from "./policies.ts";
import { bitsIn, takenBeside } from "./roles.ts";
import { cannotAct } from "./standing-author.ts";

/** Why an admission gives nothing, or null. */
export function admissionProblem(judged: Judged, admission: Fact, grant: GrantFact): string | null {
  const invite = grant.invite!;
  if (!judged.acts.invites.has(invite.id)) return "an unknown invite";
  if (isDead(judged, invite, grant.rank, admission)) return "the invite had been revoked";
  const approval = policyIn(judged, "admission", admission.past, grant.rank) === "approve";
  let why = "admitted by someone who may not";
  for (const admitter of judged.acts.grantsOf.get(admission.account!) ?? []) {
    if (!admission.past.has(admitter.index) || !judged.rules.mayAdmit({ admitter: admitter.rank, role: grant.rank })) continue;
    const problem = cannotAct(judged, admission, admitter);
    if (problem === null && (!approval || mayApprove(judged, admission, admitter))) return null;
    why = problem ?? 'without the permission "approve-joins"';
  }
  return why;
}

function mayApprove(judged: Judged, admission: Fact, admitter: GrantFact): boolean {
  const bits = (bitsIn(judged, admitter.role, admission.past) & ~takenBeside(judged, admission, admitter.role)) | judged.genesis.everyone;
  return includes(bits, "approve-joins");
}
