/** Each rule made weaker, one at a time: a fuzz that does not notice says nothing about that rule. */
import { type Rules, rules } from "../../src/control/rules/rules.ts";

export const mutations: Record<string, Partial<Rules>> = {
  "claims: no permission is needed": { permits: () => true },
  "1: equals and seniors may be granted, changed and withdrawn": { outranks: () => true },
  "1: equals may be granted and withdrawn": { outranks: (acting, other) => acting <= other },
  "1: nobody is protected by rank": { shields: () => false },
  "1: equals may be removed": { shields: ({ grant, acting, after, ended }) => grant < acting && !after && !ended },
  "1: roles may carry what their author lacks": { within: () => true },
  "2: a removal acts only for those who have seen it": { voids: ({ removal, grant, seenByGrant, seenByEvent }) => removal < grant && !seenByGrant && seenByEvent },
  "2: a bit turned off can be used beside that": { offReaches: () => false },
  "2: a leave acts for those who have not seen it": { leaveEnds: ({ leaveSawGrant }) => leaveSawGrant },
  "3: a grant beside a removal is of use": { spoilsGrant: () => false },
  "3: a ban binds nobody who grants": { banHolds: () => false },
  "4: of bits at once the one that allows wins": { bitOf: (on) => on },
  "5: anybody adopts": { adopts: () => true },
  "6: an invite dies only for those who have seen it": { killsInvite: () => false },
  "6: a join that proved nothing lets in": { admits: () => true },
  "6: anybody admits to any role": { mayAdmit: () => true },
  "7: a device is bound again": { mayBind: () => true },
  "7: no unbinding is strong": { unbindIsStrong: () => false },
  "7: a replaced identity key goes on": { keyHolds: () => true },
  "7: an identity key goes on beside its replacement": { keyHolds: ({ knew }) => !knew },
  "7: who was removed takes back what was done before": { takesBack: ({ disarmed }) => !disarmed },
  "7: who lost rights takes back what they were used for": { takesBack: ({ removed }) => !removed },
  "root: one signature is enough": { quorum: ({ signed }) => signed >= 1 },
  "root: old keys go on": { generationOver: () => false },
  "9: one root key of a parent is enough": { parentQuorum: ({ signed }) => signed >= 1 },
  "cuts: anybody cuts": { mayCut: () => true },
  "causes: a mute reaches what seniors wrote before they left": { mutes: () => true },
  "cuts: a later removal brings its own cut": { earlierCauseCounts: () => false },
  "cuts: of equals the earlier point": { laterPoint: Math.min },
  "cuts: the rest is not closed": { speaksOf: ({ named }) => named },
  "cuts: what is not named is closed": { speaksOf: () => true },
};

export function weakened(name: string): Rules {
  return { ...rules, ...mutations[name] };
}
