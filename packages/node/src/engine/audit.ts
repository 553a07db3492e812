/** The audit log (spec/local-api.md): who did what to whom and when, read from the control log and from what was deleted. */
import type { ControlEvent, ControlState } from "@multichat/core";
import type * as api from "@multichat/client/contract";
import { type AccountId, type EventId, hlcTime } from "@multichat/protocol";
import type { Scope } from "./command-scope.ts";
import type { Handlers } from "./commands.ts";
import { Failure } from "./failure.ts";
import type { People } from "./people.ts";
import { formatPosition, parsePosition } from "./present.ts";
import { listed } from "./roles.ts";
import type { Space } from "./spaces.ts";

const pageSize = 50;

/** What one event did, before names are put to it. */
interface Deed {
  kind: api.AuditKind;
  of: AccountId | null;
  text: string;
  channel: string | null;
  role: string | null;
}

export interface Audit {
  /** Null for events that are nobody's deed: merges, cuts, proofs. */
  entry(space: Space, event: ControlEvent): api.AuditEntry | null;
  /** Newest first. */
  entries(space: Space): api.AuditEntry[];
}

export function createAudit(deps: {
  people: Pick<People, "person">;
  /** Messages that others than their authors took away. */
  deletes(space: Space): { id: EventId; hlc: bigint; by: AccountId; of: AccountId; channel: string; stands: boolean }[];
}): Audit {
  const { people } = deps;
  const name = (account: AccountId): string => people.person(account).name;

  function entry(space: Space, event: ControlEvent): api.AuditEntry | null {
    const state = space.replica.state()!;
    const found = deedOf(state, event, name);
    if (found === null) return null;
    const fact = state.judged.facts.get(event.id);
    const by = fact === null ? null : fact.auth === "root" ? null : (fact.auth?.account ?? fact.account);
    const { hlc } = event.header;
    return {
      id: event.id, kind: found.kind, by: by === null ? null : people.person(by), of: found.of === null ? null : people.person(found.of),
      at: hlcTime(hlc), text: found.text, channel: found.channel, role: found.role, void: state.void.get(event.id) ?? null,
      position: formatPosition({ time: hlc, id: event.id }),
    };
  }

  return {
    entry,
    entries(space) {
      const written = space.replica.log.events().map((event) => entry(space, event)).filter((found) => found !== null);
      const deleted = deps.deletes(space).map(
        ({ id, hlc, by, of, channel, stands }): api.AuditEntry => ({
          id, kind: "delete", by: people.person(by), of: people.person(of), at: hlcTime(hlc), text: `deleted a message of ${name(of)}`,
          channel, role: null, void: stands ? null : "without the right to", position: formatPosition({ time: hlc, id }),
        }),
      );
      return [...written, ...deleted].sort((a, b) => (a.position < b.position ? 1 : -1));
    },
  };
}

export function createAuditCommands(scope: Scope, audit: Audit) {
  return {
    "audit.list": ({ space: id, kind, by, of, before, limit = pageSize }) => {
      const space = scope.space(id);
      scope.require(space, "view-audit-log");
      if (before !== undefined && parsePosition(before) === null) throw new Failure("bad-request", "That is not a position in the audit log.");
      const entries = audit.entries(space).filter(
        (entry) =>
          (kind === undefined || entry.kind === kind) &&
          (by === undefined || entry.by?.id === by) &&
          (of === undefined || entry.of?.id === of) &&
          (before === undefined || entry.position < before),
      );
      return { entries: entries.slice(0, limit), hasOlder: entries.length > limit };
    },
  } satisfies Handlers;
}

function deedOf(state: ControlState, { control, id }: ControlEvent, name: (account: AccountId) => string): Deed | null {
  if (control === null) return null;
  const deed = (kind: api.AuditKind, text: string, about: Partial<Deed> = {}): Deed => ({ kind, of: null, channel: null, role: null, text, ...about });
  const role = (of: EventId): string => state.roles.get(of)?.name ?? "a role";
  const channel = (of: string): string => `#${state.channels.get(of as never)?.name ?? "channel"}`;
  const until = (time: number): string => (time === 0 ? "" : ` until ${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`);
  switch (control.kind) {
    case "genesis":
      return deed("space", "created the workspace");
    case "root.rotate":
      return deed("space", "replaced the root keys");
    case "role.create":
      return deed("role", `created the role ${control.payload.name}`, { role: id });
    case "role.set":
      return deed("role", `changed the role ${role(control.payload.role)}${changes(control.payload)}`, { role: control.payload.role });
    case "grant":
      return deed("grant", `gave ${name(control.payload.account)} the role ${role(control.payload.role)}`, { of: control.payload.account, role: control.payload.role });
    case "revoke": {
      const grant = state.grants.get(control.payload.grant);
      const whose = grant === undefined ? "somebody" : name(grant.account);
      return deed("revoke", `took the role ${grant?.role.name ?? ""} from ${whose}`, { of: grant?.account ?? null, role: grant?.role.id ?? null });
    }
    case "remove":
      return deed("remove", `removed ${name(control.payload.account)}`, { of: control.payload.account });
    case "parent.applied":
      return deed("remove", `applied the removal of ${name(control.payload.account)} from the workspace above`, { of: control.payload.account });
    case "ban":
      return deed("ban", `banned ${name(control.payload.account)}${until(control.payload.until)}`, { of: control.payload.account });
    case "unban":
      return deed("unban", `lifted the ban of ${name(control.payload.account)}`, { of: control.payload.account });
    case "leave":
      return deed("leave", "left", { of: control.payload.account });
    case "mute":
      return deed("mute", `${control.payload.on ? "muted" : "unmuted"} ${name(control.payload.account)}${until(control.payload.until)}`, { of: control.payload.account });
    case "lock":
      return deed("lock", `${control.payload.on ? "locked" : "unlocked"} ${channel(control.payload.channel)}`, { channel: control.payload.channel });
    case "slow":
      return deed("slow", control.payload.seconds === 0 ? `ended slow mode in ${channel(control.payload.channel)}` : `set slow mode in ${channel(control.payload.channel)} to ${control.payload.seconds} s`, { channel: control.payload.channel });
    case "override": {
      const { subject, allow, deny } = control.payload;
      const whom = "everyone" in subject ? "everyone" : "role" in subject ? role(subject.role) : name(subject.account);
      return deed("override", `set for ${whom} in ${channel(control.payload.channel)}:${changes({ on: allow, off: deny })}`, {
        channel: control.payload.channel, of: "account" in subject ? subject.account : null, role: "role" in subject ? subject.role : null,
      });
    }
    case "channel.create":
      return deed("channel", `created #${control.payload.name}`, { channel: id });
    case "channel.set":
      return deed("channel", `changed the ${control.payload.key} of ${channel(control.payload.channel)} to "${control.payload.value}"`, { channel: control.payload.channel });
    case "channel.archive":
      return deed("channel", `${control.payload.on ? "archived" : "took back from the archive"} ${channel(control.payload.channel)}`, { channel: control.payload.channel });
    case "invite.create":
      return deed("invite", `made an invite for ${role(control.payload.role)}`, { role: control.payload.role });
    case "invite.revoke":
      return deed("invite", "withdrew an invite");
    case "join":
      return deed("join", "asked to join", { of: control.payload.account });
    case "admit": {
      const join = state.joins.get(control.payload.join);
      return deed("join", `let in ${join === undefined ? "somebody" : name(join.account)}`, { of: join?.account ?? null });
    }
    case "device.bind":
      return deed("device", "added a device", { of: control.payload.account });
    case "device.unbind":
      return deed("device", `took a device of ${name(control.payload.account)} out`, { of: control.payload.account });
    case "adopt":
      return deed("adopt", `kept ${control.payload.ids.length} of what a removal had made void`);
    case "policy.set":
      return deed("policy", `set ${control.payload.key} to "${control.payload.value}"`);
    case "merge":
    case "cut":
    case "fence":
    case "proof":
    case "key.rotate":
      return null;
  }
}

function changes({ on, off }: { on: number; off: number }): string {
  const allowed = listed(on).map((one) => `+${one}`);
  const denied = listed(off).map((one) => `−${one}`);
  return allowed.length + denied.length === 0 ? "" : ` ${[...allowed, ...denied].join(" ")}`;
}
