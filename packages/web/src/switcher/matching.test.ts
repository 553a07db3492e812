import { expect, test } from "vitest";
import { matches } from "./matching.ts";

const labels = (query: string) =>
  matches(
    [
      { label: "garden", weight: 0 },
      { label: "Ada Lovelace", weight: 0 },
      { label: "general", weight: 5 },
      { label: "old-garden", weight: 0 },
      { label: "Überraschung", weight: 0 },
    ],
    query,
  ).map(({ label }) => label);

test("starts before words before parts before scattered letters", () => {
  expect(labels("gar")).toEqual(["garden", "old-garden"]);
  expect(labels("gdn")).toEqual(["garden", "old-garden"]);
  expect(labels("love")).toEqual(["Ada Lovelace"]);
});

test("marks and accents are not needed", () => {
  expect(labels("#gene")).toEqual(["general"]);
  expect(labels("uber")).toEqual(["Überraschung"]);
});

test("with nothing typed, the weightiest first; with nonsense, nothing", () => {
  expect(labels("")[0]).toBe("general");
  expect(labels("zzz")).toEqual([]);
});
