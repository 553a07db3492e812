/** Keeping what a removal made void and should not have (spec/04-control.md, rule 5): what there is, and choosing. */
import { type ControlState, actingGrant, may } from "@multichat/core";
import type * as api from "@multichat/client/contract";
import { type AccountId, type EventId, hlcTime } from "@multichat/protocol";
import type { Audit } from "./audit.ts";
import type { Scope } from "../command-scope.ts";
import type { Handlers } from "../commands.ts";
import { Failure } from "../failure.ts";
import type { Space } from "../joining/spaces.ts";

type Standing = ReturnType<ControlState["judged"]["acts"]["removals"]["of"]>[number];
type Fact = Standing["fact"];

export function createAdoptingCommands(scope: Scope, audit: Audit) {
  function voided(space: Space): api.VoidedEntry[] {
    const state = scope.state(space);
    return [...state.void.keys()]
      .flatMap((id): api.VoidedEntry[] => {
        const event = space.replica.log.get(id);
        const entry = event === null ? null : audit.entry(space, event);
        const fact = state.judged.facts.get(id);
        if (entry === null || fact === null || fact.problem !== null) return [];
        return causesOf(state, fact).flatMap((cause) => {
          const causing = audit.entry(space, space.replica.log.get(cause.fact.id)!);
          if (causing === null) return [];
          const { by, of, deed, text } = causing;
          return {
            ...entry, cause: cause.fact.id, causeDeed: deed, causeBy: by, causeOf: of, causeText: `${by?.name ?? "The root key"} ${text}`,
            adoptable: mayAdopt(state, cause),
          };
        });
      })
      .sort((a, b) => (a.position < b.position ? 1 : -1));
  }

  /** As senior as the cause, and with the right to cause it. */
  function mayAdopt(state: ControlState, { fact, rank }: Standing): boolean {
    const permission = permissionFor(fact.control?.kind);
    const acting = actingGrant(state, scope.account, permission);
    return acting !== null && acting.role.rank <= rank && may(state, scope.account, permission).allowed;
  }

  return {
    "moderation.voided": ({ space: id, cause }) => {
      const space = scope.space(id);
      scope.require(space, "view-audit-log");
      return { entries: voided(space).filter((entry) => cause === undefined || entry.cause === cause) };
    },
    "moderation.adopt": ({ space: id, cause, events }) => {
      const space = scope.space(id);
      const offered = voided(space).filter((entry) => entry.cause === cause);
      for (const wanted of events) {
        const entry = offered.find((one) => one.id === wanted);
        if (entry === undefined) throw new Failure("not-found", "This was not made void by that.");
        if (!entry.adoptable) throw new Failure("not-allowed", "Only somebody whose role is at least as high as that of whoever did this may keep it.");
      }
      scope.control(space, "adopt", { cause: cause as EventId, ids: (events as EventId[]).toSorted() });
      return { entries: voided(space).filter((entry) => entry.cause === cause) };
    },
  } satisfies Handlers;
}

function permissionFor(kind: string | undefined): "kick" | "ban" | "manage-roles" | "manage-space" {
  if (kind === "ban") return "ban";
  if (kind === "revoke" || kind === "role.set") return "manage-roles";
  return kind === "invite.revoke" ? "manage-space" : "kick";
}

/** What took away, beside this event, what it leans on; of the latest causes at most a few. */
function causesOf({ judged: { acts, facts }, joins, invites }: ControlState, fact: Fact): Standing[] {
  const { control, auth } = fact;
  if (control === null) return [];
  const found: Standing[] = [];
  const subjects: AccountId[] = [];
  if (auth !== null && auth !== "root") {
    subjects.push(auth.account);
    found.push(...acts.revokes.of(auth.id), ...acts.roleSets.of(auth.role).filter(({ fact: write }) => write.control?.kind === "role.set" && write.control.payload.off !== 0));
  }
  if (control.kind === "grant") subjects.push(control.payload.account);
  if (control.kind === "admit") {
    const join = joins.get(control.payload.join);
    const issuer = facts.get(control.payload.invite)?.auth;
    if (join !== undefined) subjects.push(join.account);
    if (invites.has(control.payload.invite)) found.push(...acts.inviteRevokes.of(control.payload.invite));
    for (let grant = issuer ?? null; grant !== null && grant !== "root"; grant = grant.issuer) {
      subjects.push(grant.account);
      found.push(...acts.revokes.of(grant.id));
    }
    if (fact.account !== null) subjects.push(fact.account);
  }
  for (const account of new Set(subjects)) found.push(...acts.removals.of(account));
  // What its author had seen is no surprise, and what had seen it let it stand.
  return [...new Set(found)].filter((cause) => !fact.past.has(cause.fact.index) && !cause.fact.past.has(fact.index)).sort((a, b) => hlcTime(b.fact.header.hlc) - hlcTime(a.fact.header.hlc));
}
