/** Whether somebody could act under a grant at all (spec/04-control.md, rules 2, 3 and 7): the same for every kind of event. */
import type { Fact, GrantFact } from "../facts.ts";
import type { Judged } from "../judged.ts";
import { cutOff } from "./control-cuts.ts";
import { voided } from "./removal.ts";
import { disowned } from "./unbinding.ts";

/** Why not, or null. */
export function cannotAct(judged: Judged, event: Fact, grant: GrantFact): string | null {
  const reason = cannotStandFor(judged, event, grant);
  return reason === null && disowned(judged, event, grant) ? "from a device that its account gave up" : reason;
}

/** The same, whatever the account says of its device afterwards. */
export function cannotStandFor(judged: Judged, event: Fact, grant: GrantFact): string | null {
  if (!judged.acts.grants.has(grant.id) || !event.past.has(grant.index)) return "under a grant that is not in force";
  if (event.account !== grant.account) return "from a device that is not bound";
  return voided(judged, event, grant) ?? (cutOff(judged, event, grant) ? "behind a cut" : null);
}
