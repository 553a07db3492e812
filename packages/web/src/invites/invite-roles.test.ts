import type { Role } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { rolesBelow, usualRole } from "./invite-roles.ts";

const role = (name: string, rank: number, permissions: string[] = []): Role => ({ id: name, name, colour: "", rank, permissions, members: 1, manageable: false });
const roles = [role("Owner", 1, ["administer"]), role("Admin", 2), role("Second owner", 3, ["administer"]), role("Member", 4), role("Guest", 5)];
const names = (own: string[]) => rolesBelow(roles, own).map(({ name }) => name);

test("one invites to roles below one's own, and to none that may do everything", () => {
  expect(names(["Owner"])).toEqual(["Admin", "Member", "Guest"]);
  expect(names(["Guest", "Admin"])).toEqual(["Member", "Guest"]);
  expect(names(["Guest"])).toEqual([]);
  expect(names([])).toEqual([]);
});

test("the usual role is that of a member, or the most junior", () => {
  expect(usualRole(roles)?.name).toBe("Member");
  expect(usualRole(roles.slice(0, 2))?.name).toBe("Admin");
  expect(usualRole([])).toBeUndefined();
});
