/** Admissions (spec/04-control.md, rule 6): a member's node lets in who proved an invite, no owner need be online. */
import type { Fact, GrantFact } from "../facts.ts";
import type { Judged } from "../judged.ts";
import { includes } from "../permissions.ts";
import { isDead } from "./invites.ts";
import { policyIn } from "./policies.ts";
import { bitsIn, takenBeside } from "./roles.ts";
import { cannotAct, cannotStandFor } from "./standing-author.ts";

/** Why an admission gives nothing, or null. */
export function admissionProblem(judged: Judged, admission: Fact, grant: GrantFact): string | null {
  const invite = grant.invite!;
  if (!judged.acts.invites.has(invite.id)) return "an unknown invite";
  if (isDead(judged, invite, grant.rank, admission)) return "the invite had been revoked";
  const approval = policyIn(judged, "admission", admission.past, grant.rank) === "approve";
  let why = "admitted by someone who may not";
  for (const admitter of judged.acts.grantsOf.get(admission.account!) ?? []) {
    if (!admission.past.has(admitter.index) || !judged.rules.mayAdmit({ admitter: admitter.rank, role: grant.rank })) continue;
    // Where nobody decides, an admission says no more than the invite: giving up a device puts out nobody whom it let in.
    const problem = approval ? (cannotAct(judged, admission, admitter) ?? mayNotApprove(judged, admission, admitter)) : cannotStandFor(judged, admission, admitter);
    if (problem === null) return null;
    why = problem;
  }
  return why;
}

function mayNotApprove(judged: Judged, admission: Fact, admitter: GrantFact): string | null {
  const bits = (bitsIn(judged, admitter.role, admission.past) & ~takenBeside(judged, admission, admitter.role)) | judged.genesis.everyone;
  return includes(bits, "approve-joins") ? null : 'without the permission "approve-joins"';
}
