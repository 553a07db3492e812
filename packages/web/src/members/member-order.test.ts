import type { Member } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { anIdentity } from "../../test/an-identity.ts";
import { matchingPeople } from "./matching-people.ts";
import { sortedMembers } from "./member-order.ts";

const member = (name: string, of: Partial<Member> = {}): Member => ({
  ...anIdentity({ id: name, name }),
  roles: [],
  roleIds: [],
  muted: null,
  connected: false,
  devices: 1,
  joinedAt: 0,
  junior: false,
  lastSeen: null,
  ...of,
});

test("oneself first, then who is connected, then by name", () => {
  const names = sortedMembers([
    member("Zoe", { connected: true }),
    member("Ada"),
    member("Moi", { you: true }),
    member("Bob", { connected: true }),
  ]).map(({ name }) => name);
  expect(names).toEqual(["Moi", "Bob", "Zoe", "Ada"]);
});

test("names are found by parts of their words and without accents", () => {
  const members = [member("Zoë Ångström"), member("Bob")];
  expect(matchingPeople(members, "angs zo")).toHaveLength(1);
  expect(matchingPeople(members, "  ")).toHaveLength(2);
  expect(matchingPeople(members, "x")).toHaveLength(0);
});
