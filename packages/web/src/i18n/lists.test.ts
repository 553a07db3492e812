import { expect, test } from "vitest";
import { namesOf } from "./lists.ts";

test("of many people the first are named and the others counted", () => {
  const people = Array.from({ length: 50 }, (_, nr) => ({ id: String(nr), name: `P${nr}` }));
  expect(namesOf(people.slice(0, 2), 2)).toBe("P0 and P1");
  expect(namesOf(people, 10_000)).toMatch(/^P0, P1, .* P11,? and 9,988 more$/);
  expect(namesOf([], 1)).toBe("");
});
