/** Effective permissions in Discord's order (spec/permissions.md): everyone and roles, administrator, then the channel's overrides. */
import type { AccountId, EventId } from "@multichat/protocol";
import { subjectKey } from "./acts.ts";
import { type PermissionSet, allPermissions, includes } from "./permissions.ts";
import type { Override } from "./state.ts";

/** What an actor holds; of overrides only those that bind its rank count. */
export interface Holder {
  account: AccountId;
  /** The most senior rank it acts with. */
  rank: number;
  roles: readonly { id: EventId; permissions: PermissionSet }[];
}

export function effective(everyone: PermissionSet, holder: Holder, overrides: readonly Override[]): PermissionSet {
  let set = everyone;
  for (const role of holder.roles) set |= role.permissions;
  if (includes(set, "administer")) return allPermissions;
  if (overrides.length === 0) return set;
  const of = bySubject(overrides);
  const binding = (subject: string): Override[] => of.get(subject)?.filter(({ rank }) => rank < holder.rank) ?? [];
  set = apply(set, binding("everyone"));
  set = applyRoles(set, new Set(holder.roles.map(({ id }) => id)), binding);
  return apply(set, binding(`@${holder.account}`));
}

/** A channel may have one for each of its members, and is asked about often. */
const indexed = new WeakMap<readonly Override[], Map<string, Override[]>>();

function bySubject(overrides: readonly Override[]): Map<string, Override[]> {
  let found = indexed.get(overrides);
  if (found !== undefined) return found;
  found = new Map();
  for (const override of overrides) {
    const key = subjectKey(override.subject);
    const of = found.get(key);
    if (of === undefined) found.set(key, [override]);
    else of.push(override);
  }
  indexed.set(overrides, found);
  return found;
}

/** Writes for one subject, at once: what one denies is denied, what all allow is allowed. */
function merged(writes: readonly Override[]): { allow: PermissionSet; deny: PermissionSet } {
  const deny = writes.reduce((all, write) => all | write.deny, 0);
  const allow = writes.reduce((all, write) => all & write.allow, writes.length === 0 ? 0 : allPermissions);
  return { allow: allow & ~deny, deny };
}

function apply(set: PermissionSet, writes: readonly Override[]): PermissionSet {
  const { allow, deny } = merged(writes);
  return (set & ~deny) | allow;
}

/** Of all roles together the denies come first, then the allows. */
function applyRoles(set: PermissionSet, held: ReadonlySet<EventId>, binding: (subject: string) => Override[]): PermissionSet {
  let [allow, deny] = [0, 0];
  for (const role of held) {
    const of = merged(binding(role));
    allow |= of.allow;
    deny |= of.deny;
  }
  return (set & ~deny) | allow;
}
