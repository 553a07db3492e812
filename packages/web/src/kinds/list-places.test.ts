import { expect, test } from "vitest";
import { between, newItem } from "./list-places.ts";

test("there is a place before, between and after", () => {
  const first = between(null, null);
  const last = between(first, null);
  const middle = between(first, last);
  expect(between(null, first)).toBeLessThan(first);
  expect(first).toBeLessThan(middle);
  expect(middle).toBeLessThan(last);
});

test("a list never grows past the last place", () => {
  let place = 2 ** 32 - 3;
  for (let count = 0; count < 5; count++) place = between(place, null);
  expect(place).toBeLessThan(2 ** 32);
});

test("an entry's name is one that is allowed", () => {
  expect(newItem()).toMatch(/^[a-z0-9]{1,32}$/u);
});
