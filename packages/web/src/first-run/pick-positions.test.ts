import { expect, test } from "vitest";
import { pickPositions } from "./pick-positions.ts";

test("one word of each third of the phrase is asked for", () => {
  expect(pickPositions(() => 0)).toEqual([0, 8, 16]);
  expect(pickPositions(() => 0.999)).toEqual([7, 15, 23]);
});
