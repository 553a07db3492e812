import type { Id, Role } from "@multichat/client/contract";

/** One may invite to roles below the most senior of one's own, and to none that may do everything. */
export function rolesBelow(roles: readonly Role[], own: readonly Id[]): Role[] {
  const rank = Math.min(...roles.filter(({ id }) => own.includes(id)).map((role) => role.rank));
  return roles.filter((role) => role.rank > rank && !role.permissions.includes("administer"));
}

/** Where nothing was chosen: what most people are, else the most junior role there is. */
export function usualRole(roles: readonly Role[]): Role | undefined {
  return roles.find(({ name }) => name === "Member") ?? roles.at(-1);
}
