import { expect, test } from "vitest";
import { hueOf, initialsOf } from "./person-look.ts";

test("initials are those of the first and the last name", () => {
  expect(initialsOf("Ada Lovelace")).toBe("AL");
  expect(initialsOf("  Anna Maria de la Cruz ")).toBe("AC");
  expect(initialsOf("bob")).toBe("B");
});

test("names without letters, and names in other scripts, have a face too", () => {
  expect(initialsOf("🦊")).toBe("?");
  expect(initialsOf("李 小龙")).toBe("李小");
  expect(initialsOf("")).toBe("?");
});

test("a person's hue depends on the id only, and is one of twelve", () => {
  const seen = new Set(Array.from({ length: 500 }, (_, i) => hueOf(`${i}${"ab".repeat(31)}`)));
  expect(seen.size).toBe(12);
  expect(hueOf("abc")).toBe(hueOf("abc"));
});
