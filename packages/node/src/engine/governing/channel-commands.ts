/** The commands that change channels, and what they allow to whom (spec/local-api.md). */
import { type Permission, actingGrant, includes, permissionSet } from "@multichat/core";
import type * as api from "@multichat/client/contract";
import type { AccountId, ChannelId, EventId, OverrideSubject } from "@multichat/protocol";
import { draft } from "../conversation/author.ts";
import type { Scope } from "../command-scope.ts";
import type { Handlers } from "../commands.ts";
import { historyOf } from "../conversation/present.ts";
import { Failure } from "../failure.ts";
import { listed } from "./roles.ts";
import type { Space } from "../joining/spaces.ts";

/** What an override can say of a channel; all else is of the whole space. */
export const channelPermissions: readonly Permission[] = [
  "send", "reply", "react", "attach", "pin", "mention-everyone", "manage-channels", "manage-messages",
];

export function createChannelCommands(scope: Scope) {
  const { node, account } = scope;

  function managed(id: string): { space: Space; channel: ChannelId } {
    const found = scope.channel(id);
    scope.require(found.space, "manage-channels", { channel: found.channel });
    return found;
  }

  function answer({ space, channel }: { space: Space; channel: ChannelId }): { channel: api.Channel } {
    return { channel: node.present.channel(space, channel)! };
  }

  function named(space: Space, subject: OverrideSubject): string {
    if ("everyone" in subject) return "everyone";
    return "role" in subject ? (scope.state(space).roles.get(subject.role)?.name ?? "") : node.people.person(subject.account).name;
  }

  function overrides({ space, channel }: { space: Space; channel: ChannelId }): { overrides: api.Override[] } {
    const found = scope.state(space).channels.get(channel)!.overrides;
    return {
      overrides: found.map(({ subject, allow, deny, by, at }) => ({
        subject: "everyone" in subject ? { everyone: true } : subject,
        name: named(space, subject), allow: listed(allow), deny: listed(deny), by: by === null ? null : node.people.person(by), at,
      })),
    };
  }

  /** Somebody or something junior. @throws Failure */
  function subjectOf(space: Space, given: api.OverrideSubject): OverrideSubject {
    if ("everyone" in given) return { everyone: true } as OverrideSubject;
    const state = scope.state(space);
    if ("role" in given) {
      if (!state.roles.has(given.role as EventId)) throw new Failure("not-found", "There is no such role here.");
      scope.require(space, "manage-roles", { target: { role: given.role as EventId } });
      return { role: given.role as EventId };
    }
    if (!state.members.has(given.account as AccountId)) throw new Failure("not-found", "There is no such member here.");
    scope.require(space, "manage-roles", { target: { account: given.account as AccountId } });
    return { account: given.account as AccountId };
  }

  function bits(space: Space, names: readonly string[]): number {
    const acting = actingGrant(scope.state(space), account, "manage-roles");
    for (const name of names as Permission[]) {
      if (!channelPermissions.includes(name)) throw new Failure("bad-request", `"${name}" is a permission of the whole workspace, not of a channel.`);
      if (acting === null || !includes(acting.role.permissions | scope.state(space).genesis.everyone, name)) {
        throw new Failure("not-allowed", `You cannot decide on "${name}": your role does not have it.`);
      }
    }
    return permissionSet(...(names as Permission[]));
  }

  return {
    "channel.rename": ({ channel: id, name }) => {
      const found = managed(id);
      const clean = name.replace(/^#/, "").trim();
      for (const other of scope.state(found.space).channels.values()) {
        if (other.id !== found.channel && other.name.toLowerCase() === clean.toLowerCase()) throw new Failure("ambiguous", `There already is a channel #${other.name}.`);
      }
      if (clean === "") throw new Failure("bad-request", "A channel needs a name.");
      scope.control(found.space, "channel.set", { channel: found.channel, key: "name", value: clean });
      return answer(found);
    },
    "channel.archive": ({ channel: id, on }) => {
      const found = managed(id);
      if (scope.state(found.space).channels.get(found.channel)!.archived !== on) scope.control(found.space, "channel.archive", { channel: found.channel, on });
      return answer(found);
    },
    "channel.lock": ({ channel: id, on }) => {
      const found = managed(id);
      if (scope.state(found.space).channels.get(found.channel)!.locked !== on) scope.control(found.space, "lock", { channel: found.channel, on });
      return answer(found);
    },
    "channel.slow": ({ channel: id, seconds }) => {
      const found = managed(id);
      if (scope.state(found.space).channels.get(found.channel)!.slow !== seconds) scope.control(found.space, "slow", { channel: found.channel, seconds });
      return answer(found);
    },
    "channel.retention": ({ channel: id, seconds }) => {
      const found = managed(id);
      if (scope.state(found.space).channels.get(found.channel)!.retention !== seconds) scope.control(found.space, "channel.set", { channel: found.channel, key: "retention", value: String(seconds) });
      return answer(found);
    },
    "space.retention": ({ space: id, seconds }) => {
      const space = scope.space(id);
      scope.require(space, "manage-space");
      scope.control(space, "policy.set", { key: "retention", value: seconds });
      return { space: node.present.space(space)! };
    },
    "override.list": ({ channel: id }) => overrides(scope.readableChannel(id)),
    "channel.override": ({ channel: id, subject, allow, deny }) => {
      const found = scope.channel(id);
      scope.require(found.space, "manage-roles");
      if (allow.some((name) => deny.includes(name))) throw new Failure("bad-request", "A permission cannot be allowed and denied at once.");
      const payload = { channel: found.channel, subject: subjectOf(found.space, subject), allow: bits(found.space, allow), deny: bits(found.space, deny) };
      scope.write(found.space, [draft("override", payload)]);
      return overrides(found);
    },
    "space.rename": ({ space: id, name }) => {
      const space = scope.space(id);
      scope.require(space, "manage-space");
      scope.control(space, "policy.set", { key: "name", value: name });
      return { space: node.present.space(space)! };
    },
    "space.admission": ({ space: id, approve }) => {
      const space = scope.space(id);
      scope.require(space, "manage-space");
      scope.control(space, "policy.set", { key: "admission", value: approve ? "approve" : "open" });
      return { space: node.present.space(space)! };
    },
    "space.history": ({ space: id, history }) => {
      const space = scope.space(id);
      scope.require(space, "manage-space");
      if (historyOf(scope.state(space)) !== history) scope.control(space, "policy.set", { key: "history", value: history });
      return { space: node.present.space(space)! };
    },
  } satisfies Handlers;
}
