import { t } from "../i18n/messages.ts";

/** The closed list of permissions (spec/permissions.md), in the groups in which people think of them. */
export const permissionGroups = {
  talk: ["send", "reply", "react", "attach", "pin", "mention-everyone"],
  people: ["invite", "approve-joins", "mute", "kick", "ban"],
  place: ["manage-channels", "manage-messages", "manage-roles", "manage-integrations", "view-audit-log", "manage-space", "administer"],
} as const;

export type PermissionGroup = keyof typeof permissionGroups;
export type Permission = (typeof permissionGroups)[PermissionGroup][number];

export const permissionGroupNames = ["talk", "people", "place"] as const satisfies readonly PermissionGroup[];

/** What a channel can allow or deny; all else is of the whole workspace. */
export const channelPermissions = ["send", "reply", "react", "attach", "pin", "mention-everyone", "manage-channels", "manage-messages"] as const satisfies readonly Permission[];

const known = new Set<string>(Object.values(permissionGroups).flat());

/** What a permission is called; one of a newer version by the name it has there. */
export function permissionText(name: string): string {
  return known.has(name) ? t(`permission.${name as Permission}`) : name;
}
