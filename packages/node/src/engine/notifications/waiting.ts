/** What waits for this person to decide: requests of strangers, introductions, requests to be let in, reports. As it is just now. */
import { may } from "@multichat/core";
import type { AccountId } from "@multichat/protocol";
import type { Governance } from "../governing/governance.ts";
import type { PrivateSide } from "../private/side.ts";
import type { Spaces } from "../joining/spaces.ts";
import type { Trust } from "../trust/trust.ts";

export interface Waiting {
  id: string;
  subject: "request" | "report";
  who: string;
  space: string | null;
  /** Of a report. */
  message: string | null;
  at: number;
}

export function waitingFor(deps: {
  spaces: Spaces;
  account: AccountId;
  requests: Pick<PrivateSide["requests"], "list">;
  introductions: Pick<Trust["introductions"], "list">;
  governance: Pick<Governance, "requests" | "reports">;
  now(): number;
}): Waiting[] {
  const found: Waiting[] = deps.requests.list().map(({ id, from, at }) => ({ id: `request/${id}`, subject: "request", who: from.id, space: null, message: null, at }));
  for (const { id, role, by, state, answer } of deps.introductions.list()) {
    if (role === "received" && state === "open" && answer === null) found.push({ id: `introduction/${id}`, subject: "request", who: by.id, space: null, message: null, at: deps.now() });
  }
  for (const space of deps.spaces.all()) {
    const state = space.replica.state();
    if (state === null || space.row.state !== "member") continue;
    if (may(state, deps.account, "approve-joins").allowed) {
      for (const { id, person, at } of deps.governance.requests.list(space)) found.push({ id: `join/${id}`, subject: "request", who: person.id, space: space.id, message: null, at });
    }
    if (may(state, deps.account, "manage-messages").allowed) {
      for (const { id, by, message, at, resolved } of deps.governance.reports.list(space)) {
        if (resolved === null && by.id !== deps.account) found.push({ id: `report/${space.id}/${id}`, subject: "report", who: by.id, space: space.id, message: message.id, at });
      }
    }
  }
  return found;
}
