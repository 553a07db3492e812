/** The roles every workspace starts with, most senior first (spec/permissions.md). */
export const standardRoles = ["Owner", "Admin", "Moderator", "Member", "Guest"] as const;
export type StandardRole = (typeof standardRoles)[number];

/** One may invite to roles below one's own, and to no owner. */
export function rolesBelow(own: readonly string[]): StandardRole[] {
  const rank = Math.min(...own.map((name) => standardRoles.findIndex((role) => role === name)).filter((at) => at >= 0));
  return standardRoles.filter((role, index) => role !== "Owner" && index > rank);
}
