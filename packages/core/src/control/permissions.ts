/** The closed list of permissions (spec/permissions.md): bit n of a set stands for the n-th name. */
export const permissionNames = [
  "send",
  "reply",
  "react",
  "attach",
  "pin",
  "mention-everyone",
  "invite",
  "approve-joins",
  "manage-channels",
  "manage-messages",
  "mute",
  "kick",
  "ban",
  "manage-roles",
  "manage-integrations",
  "view-audit-log",
  "manage-space",
  "administer",
] as const;

export type Permission = (typeof permissionNames)[number];

/** A set of permissions, as the wire has it. */
export type PermissionSet = number;

const bits = Object.fromEntries(permissionNames.map((name, index) => [name, 2 ** index])) as Record<Permission, PermissionSet>;

export function permissionSet(...names: Permission[]): PermissionSet {
  return names.reduce((set, name) => set | bit(name), 0);
}

function bit(name: Permission): PermissionSet {
  return bits[name];
}

export const allPermissions: PermissionSet = permissionSet(...permissionNames);

/** `administer` includes everything. */
export function includes(set: PermissionSet, name: Permission): boolean {
  return (set & bit("administer")) !== 0 || (set & bit(name)) !== 0;
}

/** Whether everything that `part` allows is also allowed by `whole`. */
export function isSubset(part: PermissionSet, whole: PermissionSet): boolean {
  if ((whole & bit("administer")) !== 0) return true;
  return (part & ~whole) === 0;
}

/** What a mute, a lock and an archived channel take away: everything that others get to see. */
export const speaking: ReadonlySet<Permission> = new Set(["send", "reply", "react", "attach", "pin", "mention-everyone"]);

export function namesIn(set: PermissionSet): Permission[] {
  return permissionNames.filter((name) => includes(set, name));
}

export const ownerRank = 1000;

export interface RoleTemplate {
  rank: number;
  name: string;
  colour: string;
  permissions: PermissionSet;
}

/** The founder's role, which the genesis stands for (spec/04-control.md). */
export const ownerRole: RoleTemplate = { rank: ownerRank, name: "Owner", colour: "", permissions: permissionSet("administer") };

/** The other roles a new workspace starts with (spec/permissions.md). */
export const startingRoles: readonly RoleTemplate[] = [
  { rank: 2000, name: "Admin", colour: "", permissions: allPermissions - permissionSet("administer") },
  {
    rank: 3000,
    name: "Moderator",
    colour: "",
    permissions: permissionSet(
      "send", "reply", "react", "attach", "pin", "mention-everyone",
      "invite", "approve-joins", "manage-messages", "mute", "kick", "view-audit-log",
    ),
  },
  { rank: 4000, name: "Member", colour: "", permissions: permissionSet("send", "reply", "react", "attach", "invite") },
  { rank: 5000, name: "Guest", colour: "", permissions: permissionSet("send", "reply", "react") },
];
