/** The commands that remove and restrict members (spec/local-api.md). */
import { may, plainName } from "@multichat/core";
import type * as api from "@multichat/client/contract";
import type { AccountId } from "@multichat/protocol";
import type { Scope } from "../command-scope.ts";
import type { Handlers } from "../commands.ts";
import { Failure } from "../failure.ts";
import type { Space } from "../joining/spaces.ts";
import { consequences } from "./staleness.ts";

export function createModerationCommands(scope: Scope) {
  const { node, account: self } = scope;
  const { freshness, requests } = node.governance;

  function named(account: AccountId): string {
    return node.people.person(account).name;
  }

  function other(id: string, what: string): AccountId {
    if (id === self) throw new Failure("bad-request", what);
    return id as AccountId;
  }

  function requireMember(space: Space, account: AccountId): void {
    if (!scope.state(space).members.has(account)) throw new Failure("not-found", `${named(account)} does not belong to this workspace.`);
  }

  /** What signing a removal now would do to what this node has not heard of. */
  function staleText(space: Space, account: AccountId): string {
    const roles = scope.state(space).members.get(account)?.grants.map(({ role }) => plainName(role.name)).join(", ");
    const known = roles === undefined ? "" : ` What you see here of ${named(account)} (${roles}) stays as it is.`;
    return consequences(freshness.heardAt(space), named(account)) + known;
  }

  function restriction(at: { by: AccountId | null; at: number; until: number }): api.Restriction {
    return { by: at.by === null ? null : node.people.person(at.by), at: at.at, until: at.until };
  }

  function requireLater(until: number): void {
    if (until !== 0 && until <= scope.now()) throw new Failure("bad-request", "This time is over already.");
  }

  return {
    "member.kick": ({ space: id, account, override }) => {
      const space = scope.space(id);
      const target = other(account, "To go yourself, leave the workspace.");
      requireMember(space, target);
      scope.require(space, "kick", { target: { account: target } });
      scope.requireFresh(space, named(target), override);
      scope.control(space, "remove", { account: target });
      return {};
    },
    "member.ban": ({ space: id, account, until = 0, override }) => {
      const space = scope.space(id);
      const target = other(account, "You cannot ban yourself.");
      requireLater(until);
      scope.require(space, "ban", { target: { account: target } });
      scope.requireFresh(space, named(target), override);
      scope.control(space, "ban", { account: target, until });
      return {};
    },
    "member.unban": ({ space: id, account }) => {
      const space = scope.space(id);
      scope.require(space, "ban");
      if (scope.state(space).departed.get(account as AccountId)?.how !== "banned") throw new Failure("not-found", `${named(account as AccountId)} is not banned here.`);
      scope.control(space, "unban", { account: account as AccountId });
      return {};
    },
    "member.mute": ({ space: id, account, on, until = 0 }) => {
      const space = scope.space(id);
      const target = other(account, "You cannot mute yourself.");
      requireMember(space, target);
      if (on) requireLater(until);
      scope.require(space, "mute", { target: { account: target } });
      scope.control(space, "mute", { account: target, on, until: on ? until : 0 });
      return { member: node.present.members(space).find((member) => member.id === target)! };
    },
    "restriction.list": ({ space: id }) => {
      const space = scope.readable(id);
      const state = scope.state(space);
      const now = scope.now();
      return {
        muted: [...state.mutes].filter(([account, { until }]) => state.members.has(account) && (until === 0 || now < until))
          .map(([account, mute]) => ({ person: node.people.person(account), ...restriction(mute) })),
        departed: [...state.departed.values()]
          .map(({ account, how, until, by, at }) => ({ person: requests.person(space, account), how, by: by === null ? null : node.people.person(by), at, until }))
          .sort((a, b) => b.at - a.at),
      };
    },
    "removal.preview": ({ space: id, account }) => {
      const space = scope.space(id);
      const fresh = freshness.isFresh(space);
      const answer = may(scope.state(space), self, "kick", { target: { account: account as AccountId } });
      if (!answer.allowed) throw new Failure("not-allowed", answer.why);
      const text = fresh ? `What you see here of ${named(account as AccountId)} stays as it is; they see and write nothing more.` : staleText(space, account as AccountId);
      return { fresh, heardAt: freshness.heardAt(space), text };
    },
  } satisfies Handlers;
}
