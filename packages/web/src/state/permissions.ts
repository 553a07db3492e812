/** What this account may do in a workspace; the names are those of spec/permissions.md. */
import type { Space } from "@multichat/client/contract";

const permissionNames = {
  write: "send",
  invite: "invite",
  revokeAnyInvite: "manage-space",
  createChannel: "manage-channels",
  setTopic: "manage-channels",
} as const;

export type Action = keyof typeof permissionNames;

export function may(space: Space, action: Action): boolean {
  if (space.readOnly !== null) return false;
  return space.may.includes("administer") || space.may.includes(permissionNames[action]);
}
