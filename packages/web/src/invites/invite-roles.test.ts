import { expect, test } from "vitest";
import { rolesBelow } from "./invite-roles.ts";

test("one invites to the roles below one's own", () => {
  expect(rolesBelow(["Owner"])).toEqual(["Admin", "Moderator", "Member", "Guest"]);
  expect(rolesBelow(["Member", "Moderator"])).toEqual(["Member", "Guest"]);
  expect(rolesBelow(["Member"])).toEqual(["Guest"]);
});

test("without a role that is known, to none", () => {
  expect(rolesBelow([])).toEqual([]);
  expect(rolesBelow(["Gardener"])).toEqual([]);
});
