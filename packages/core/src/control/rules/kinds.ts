/**
 * What each kind that acts under a grant needs (spec/04-control.md, Kinds): a permission of the acting role, bits that its
 * author has, and a target without a grant as senior. What can be said without knowing what stands is in `claims.ts`.
 */
import { type AccountId, type AnyControl, type ChannelId, type ControlKind, isControlKind } from "@multichat/protocol";
import { effective } from "../effective.ts";
import type { Fact, Facts, GrantFact } from "../facts.ts";
import type { Judged } from "../judged.ts";
import { type Permission, type PermissionSet, allPermissions, includes } from "../permissions.ts";
import { overridesFor } from "./overrides.ts";
import { bitsIn, takenBeside } from "./roles.ts";
import { shielded } from "./seniority.ts";

/** What an acting event's kind needs and whom it is aimed at, against what its author has. Null if it may. */
export function kindProblem(judged: Judged, event: Fact): string | null {
  const control = event.control!;
  const own = event.auth === "root" || event.auth === null ? allPermissions : permissionsUnder(judged, event, event.auth, channelOf(control));
  const any = needed(judged, event, control);
  if (any.length > 0 && !judged.rules.permits({ has: any.some((permission) => includes(own, permission)) })) return `without the permission "${any[0]}"`;
  if (!bitsGiven(control).every((set) => judged.rules.within(set, own))) return `${control.kind === "override" ? "an override" : "a role"} with permissions its author lacks`;
  const target = aimedAt(control);
  return target !== null && shielded(judged, event, event.rank, target) ? "aimed at somebody not junior" : null;
}

/** What a role or an override hands on. */
function bitsGiven(control: AnyControl): PermissionSet[] {
  switch (control.kind) {
    case "role.create":
      return [control.payload.permissions];
    case "role.set":
      return [control.payload.on];
    case "override":
      return [control.payload.allow, control.payload.deny];
    default:
      return [];
  }
}

function aimedAt(control: AnyControl): AccountId | null {
  switch (control.kind) {
    case "remove":
    case "ban":
    case "mute":
      return control.payload.account;
    case "override":
      return "account" in control.payload.subject ? control.payload.subject.account : null;
    default:
      return null;
  }
}

/** Whether an event under this grant may remove people. */
export function mayRemove(judged: Judged, event: Fact, grant: GrantFact): boolean {
  const own = permissionsUnder(judged, event, grant, null);
  return judged.rules.permits({ has: includes(own, "kick") || includes(own, "ban") });
}

/** Under the acting grant alone, with what was taken from its role beside the event. */
function permissionsUnder(judged: Judged, event: Fact, { account, role, rank }: GrantFact, channel: ChannelId | null): PermissionSet {
  const permissions = bitsIn(judged, role, event.past) & ~takenBeside(judged, event, role);
  if (includes(permissions, "administer")) return allPermissions;
  const overrides = channel === null ? [] : overridesFor(judged, channel, event.past, rank, account, [role]);
  return effective(judged.genesis.everyone, { account, rank, roles: [{ id: role, permissions }] }, overrides);
}

export function channelOf({ kind, payload }: AnyControl): ChannelId | null {
  switch (kind) {
    case "lock":
    case "slow":
    case "channel.set":
    case "channel.archive":
      return payload.channel;
    default:
      return null;
  }
}

const byKind: { [K in ControlKind]?: Permission } = {
  "role.create": "manage-roles",
  "role.set": "manage-roles",
  grant: "manage-roles",
  revoke: "manage-roles",
  override: "manage-roles",
  remove: "kick",
  ban: "ban",
  unban: "ban",
  mute: "mute",
  lock: "manage-channels",
  slow: "manage-channels",
  "channel.create": "manage-channels",
  "channel.set": "manage-channels",
  "channel.archive": "manage-channels",
  "invite.create": "invite",
  "policy.set": "manage-space",
};

/** The permission that an event of this kind usually needs; null for others. */
export function permissionOf(kind: string): Permission | null {
  return isControlKind(kind) ? (byKind[kind] ?? null) : null;
}

/** Any one of these; none: no permission is needed. */
export function needed({ facts }: { facts: Pick<Facts, "get"> }, event: Fact, control: AnyControl): Permission[] {
  const usual = byKind[control.kind];
  if (usual !== undefined) return [usual];
  switch (control.kind) {
    case "invite.revoke": {
      const invite = facts.get(control.payload.invite);
      const own = event.auth === invite?.auth || accountOf(event) === (invite === null ? null : accountOf(invite));
      return own ? [] : ["manage-space"];
    }
    case "key.rotate":
      return ["kick", "ban", "manage-space"];
    case "cut":
    case "fence":
    case "adopt": {
      const cause = facts.get(control.payload.cause);
      return cause === null || (control.kind !== "adopt" && isOwnUnbind(event, cause)) ? [] : causePermissions(cause);
    }
    default:
      return [];
  }
}

/** What it takes to settle what a cause has left open: the same as for the cause itself. */
function causePermissions({ control }: Fact): Permission[] {
  const usual = control === null ? undefined : byKind[control.kind];
  return usual === undefined ? ["kick", "ban"] : [usual];
}

export function isOwnUnbind(event: Fact, cause: Fact): boolean {
  return cause.control?.kind === "device.unbind" && cause.control.payload.account === accountOf(event);
}

function accountOf({ auth }: Fact): AccountId | null {
  return auth === null || auth === "root" ? null : auth.account;
}

