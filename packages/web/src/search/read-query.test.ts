import type { Channel } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { readQuery, toSearch, withFilter, writeQuery } from "./read-query.ts";

const people = [
  { id: "b1", name: "Bob" },
  { id: "b2", name: "Bob Castellanos" },
  { id: "c1", name: "Carol" },
];
const channels = [{ id: "g1", name: "general" } as Channel];
const asked = (text: string) => toSearch(readQuery(text), { people, channels });

test("filters are taken out of the words, wherever they stand", () => {
  expect(asked("plum from:Bob cake in:#general has:file is:pinned")).toEqual({
    search: { query: "plum cake", from: "b1", channel: "g1", hasFile: true, pinned: true },
    unknown: [],
  });
});

test("a name may have spaces, or be the beginning of one name only", () => {
  expect(asked('from:"bob castellanos" x').search.from).toBe("b2");
  expect(asked("from:car x").search.from).toBe("c1");
});

test("days are those of the calendar here", () => {
  const { search } = asked("before:2026-11-01 after:2026-10-01");
  expect(search.before).toBe(new Date(2026, 10, 1).getTime());
  expect(search.after).toBe(new Date(2026, 9, 2).getTime());
});

test("what is not known is said, and a colon in a word is a word", () => {
  expect(asked("from:zed has:cake 10:30 https://a.example x").unknown).toEqual([
    { name: "from", value: "zed" },
    { name: "has", value: "cake" },
  ]);
  expect(asked("10:30 https://a.example").search.query).toBe("10:30 https://a.example");
});

test("a chip is a filter written out, one of each name", () => {
  const query = withFilter(readQuery("from:Bob plum"), { name: "from", value: "Bob Castellanos" });
  expect(writeQuery(query)).toBe('from:"Bob Castellanos" plum');
});
