/** Asking to join (spec/04-control.md, policy `admission`): who proved an invite waits until somebody with `approve-joins` decides. */
import { type ControlState, type Join, may, plainName, shownName } from "@multichat/core";
import type { AccountId, AdmissionCode, DeviceId, EventId, Profile } from "@multichat/protocol";
import type { JoinRequest, Person } from "@multichat/client/contract";
import { hlcTime } from "@multichat/protocol";
import type { Scope } from "../command-scope.ts";
import type { Handlers } from "../commands.ts";
import { Failure } from "../failure.ts";
import type { People } from "../trust/people.ts";
import { inviteState } from "../conversation/present.ts";
import type { Space } from "./spaces.ts";

/** Who proves an invite waits for approval. */
export function needsApproval(state: ControlState): boolean {
  return state.policies.get("admission") === "approve";
}

/** Denied, or let in and gone again, since it asked: asking anew comes after that. */
export function isAnswered({ replica: { log } }: Space, { departed }: ControlState, { id, account }: Join): boolean {
  const ended = departed.get(account);
  return ended !== undefined && !log.inPast([id], ended.event);
}

export interface JoinRequests {
  list(space: Space): JoinRequest[];
  /** By the name they asked to join with, where nothing else is known of them, and as long as it is here. */
  person(space: Space, account: AccountId): Person;
  /** Whether whoever proved an invite is let in without being asked about. */
  isOpen(space: Space): boolean;
}

export function createJoinRequests(deps: {
  people: People;
  linked(device: DeviceId): boolean;
  now(): number;
  /** What somebody who does not belong yet says of themselves. */
  newcomer(space: Space, account: AccountId, device: DeviceId): Profile | null;
}): JoinRequests {
  const { people } = deps;

  function person(space: Space, account: AccountId): Person {
    const known = people.person(account);
    if (people.isKnown(account)) return known;
    for (const join of space.replica.state()?.joins.values() ?? []) {
      const profile = join.account === account ? deps.newcomer(space, account, join.device) : null;
      const name = profile === null ? null : shownName(profile.name);
      if (name !== null) return { ...known, name };
    }
    return known;
  }

  function waiting(space: Space, state: ControlState): Join[] {
    const { log } = space.replica;
    const byAccount = new Map<string, Join>();
    for (const join of state.joins.values()) {
      const invite = state.invites.get(join.invite);
      if (invite === undefined || state.members.has(join.account) || inviteState(invite, deps.now()) !== "open") continue;
      if (isAnswered(space, state, join)) continue;
      if (log.events().some(({ control, id }) => control?.kind === "admit" && control.payload.join === join.id && !state.void.has(id))) continue;
      byAccount.set(join.account, join);
    }
    return [...byAccount.values()];
  }

  return {
    list(space) {
      const state = space.replica.state();
      if (state === null || !needsApproval(state)) return [];
      return waiting(space, state)
        .map((join): JoinRequest => {
          const invite = state.invites.get(join.invite)!;
          return {
            id: join.id, person: person(space, join.account), invite: invite.id, role: plainName(invite.role.name), invitedBy: people.person(invite.createdBy),
            at: hlcTime(space.replica.log.get(join.id)!.header.hlc), connected: deps.linked(join.device),
          };
        })
        .sort((a, b) => a.at - b.at);
    },
    person,
    isOpen: (space) => !needsApproval(space.replica.state()!),
  };
}

export function createJoinRequestCommands(scope: Scope, requests: JoinRequests, deps: { answer(device: DeviceId, invite: EventId, code: AdmissionCode): void }) {
  function found(id: string, request: string): { space: Space; join: Join } {
    const space = scope.space(id);
    scope.require(space, "approve-joins");
    const join = scope.state(space).joins.get(request as EventId);
    if (join === undefined || !requests.list(space).some((one) => one.id === request)) throw new Failure("not-found", "There is no such request here any more.");
    return { space, join };
  }

  return {
    "join.requests": ({ space: id }) => {
      const space = scope.space(id);
      scope.require(space, "approve-joins");
      return { requests: requests.list(space) };
    },
    "join.approve": ({ space: id, request }) => {
      const { space, join } = found(id, request);
      const rank = scope.state(space).invites.get(join.invite)!.role.rank;
      const grants = scope.state(space).members.get(scope.account)!.grants;
      if (!grants.some(({ role }) => role.rank <= rank)) throw new Failure("not-allowed", "This invite is for a role above yours.");
      scope.control(space, "admit", { join: join.id, invite: join.invite });
      return { requests: requests.list(space) };
    },
    "join.deny": ({ space: id, request, override }) => {
      const { space, join } = found(id, request);
      const answer = may(scope.state(space), scope.account, "kick");
      if (!answer.allowed) throw new Failure("not-allowed", `To deny somebody takes the right to remove members. ${answer.why}`);
      // Somebody may have let them in meanwhile.
      scope.requireFresh(space, requests.person(space, join.account).name, override);
      scope.control(space, "remove", { account: join.account });
      deps.answer(join.device, join.invite, "denied");
      return { requests: requests.list(space) };
    },
  } satisfies Handlers;
}
