/**
 * Whether a content event stands (spec/04-control.md, Content): what its author had seen must allow it, of all that stands
 * today; and no cut or fence may lie before it. Where one is still to come, what was received before the cause stays.
 */
import type { AccountId, ChannelId, EventId, Header } from "@multichat/protocol";
import { effective } from "./effective.ts";
import type { GrantFact } from "./facts.ts";
import type { Needs } from "../content/needs.ts";
import type { ControlLog, Past } from "./log.ts";
import { includes, speaking } from "./permissions.ts";
import { causesAgainst, forksBefore } from "./rules/causes.ts";
import { type Point, pointOf } from "./rules/cuts.ts";
import { overridesFor } from "./rules/overrides.ts";
import { restrictionIn } from "./rules/restrictions.ts";
import { bitsIn } from "./rules/roles.ts";
import { isGivenUp } from "./rules/unbinding.ts";
import { grantsIn } from "./standing.ts";
import type { ControlState } from "./state.ts";

export type ContentJudgement =
  | { stands: true; author: AccountId }
  | {
      stands: false;
      why: string;
      /** `never`: nothing that may still come makes it stand, but for somebody more senior. `maybe`: it may. */
      hope: "never" | "maybe";
    };

export interface ContentQuestion {
  /** Whether this node had the cause (a control event) before the event in question. */
  after(cause: EventId): boolean;
  /** Whether the event lies on the branch that ends at this point, as far as this node can tell. */
  leadsTo(point: Point): boolean;
}

/** All of `header.ctl` must be in the log. */
export function judgeContent(log: ControlLog, state: ControlState, header: Header, needs: Needs, question: ContentQuestion = received): ContentJudgement {
  const { judged } = state;
  const past = log.pastOf(header.ctl);
  const grant = judged.facts.grants.get(header.auth);
  if (grant === undefined || !past.has(grant.index)) return no("its author was not a member", "never");
  // Somebody senior may adopt what made its grant void.
  const hope = judged.acts.grants.has(grant.id) ? "never" : "maybe";
  const problem = problemIn(state, past, header, needs, grant);
  if (problem !== null) return no(problem, hope);
  const why = exclusion(state, past, header, needs, grant, question);
  return why ?? { stands: true, author: grant.account };
}

/** Held before all else. */
const received: ContentQuestion = { after: () => false, leadsTo: () => true };

function exclusion(state: ControlState, past: Past, header: Header, needs: Needs, grant: GrantFact, question: ContentQuestion): ContentJudgement | null {
  const { judged } = state;
  const place = { channel: header.channel as ChannelId, device: header.device, grant };
  const proofs = forksBefore(judged, header);
  if (proofs.length > 0) {
    const point = pointOf(judged, "cut", proofs, place);
    if (point === null || header.seq > point.seq || !question.leadsTo(point)) return no("its device contradicted itself", point === null ? "maybe" : "never");
  }
  const { ending, restricting } = causesAgainst(judged, header, grant, past, (seen) => problemIn(state, seen, header, needs, grant) !== null);
  const outside = (point: Point): boolean => header.seq > point.seq || !question.leadsTo(point);
  if (ending.length > 0) {
    const point = pointOf(judged, "cut", ending, place);
    if (point === null ? ending.some(({ fact }) => question.after(fact.id)) : outside(point)) {
      return no("its author or its device had been removed", point === null ? "maybe" : "never");
    }
  }
  for (const cause of restricting) {
    const point = pointOf(judged, "fence", [cause], place);
    if (point === null ? question.after(cause.fact.id) : outside(point)) return no("its author had lost the right to write it", point === null ? "maybe" : "never");
  }
  return null;
}

/** Why an event would not stand, had its author seen this past; null if it would. */
function problemIn(state: ControlState, past: Past, header: Header, needs: Needs, grant: GrantFact): string | null {
  const { judged } = state;
  const grants = grantsIn(state, past, grant.account);
  if (!grants.some(({ id }) => id === grant.id)) return "its author was not a member";
  if (judged.facts.devices.accountIn(past, header.device) !== grant.account || isGivenUp(judged, header.device, grant, past)) return "its device was not the author's";
  const channel = header.channel as ChannelId;
  const created = judged.acts.channels.get(channel as string as EventId);
  if (created === undefined || !past.has(created.fact.index)) return "its channel did not exist";
  if (needs.length === 0) return null;
  const { account } = grant;
  const { rank } = grants[0]!.role;
  const roles = grants.map(({ role }) => ({ id: role.id, permissions: bitsIn(judged, role.id, past) }));
  const set = effective(judged.genesis.everyone, { account, rank, roles }, overridesFor(judged, channel, past, rank, account, roles.map(({ id }) => id)));
  const lacking = needs.find((group) => !group.some((permission) => includes(set, permission)));
  if (lacking !== undefined) return `its author lacked the permission "${lacking.join('" or "')}"`;
  return needs.flat().some((permission) => speaking.has(permission)) ? restrictionIn(judged, past, account, channel, header.hlc, set) : null;
}

function no(why: string, hope: "never" | "maybe"): ContentJudgement {
  return { stands: false, why, hope };
}
