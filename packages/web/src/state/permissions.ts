/** What this account may do in a workspace or channel, and why not; the names are those of spec/permissions.md. */
import type { Right, Space } from "@multichat/client/contract";

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

/** The reason in words; null: it may be done. */
export function whyNot(place: { permissions: readonly Right[]; readOnly?: string | null }, permission: string): string | null {
  if (place.readOnly) return place.readOnly;
  return place.permissions.find((right) => right.permission === permission)?.why ?? null;
}
