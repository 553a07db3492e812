import { expect, test } from "vitest";
import { between, newItem, withItem } from "./list-places.ts";

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

test("an entry that is changed, added or taken off is shown where it will stand", () => {
  const entry = (item: string, place: number, text = item, done = false) => ({
    item,
    text,
    done,
    place,
    by: { id: "a", name: "Ada" },
    at: 0,
  });
  const list = [entry("b", 1), entry("c", 2)];
  expect(withItem(list, entry("b", 1, "b", true))).toEqual([
    entry("b", 1, "b", true),
    entry("c", 2),
  ]);
  expect(withItem(list, entry("a", 1)).map(({ item }) => item)).toEqual(["a", "b", "c"]);
  expect(withItem(list, entry("b", 3)).map(({ item }) => item)).toEqual(["c", "b"]);
  expect(withItem(list, entry("c", 2, "")).map(({ item }) => item)).toEqual(["b"]);
});
