import { expect, it } from "vitest";
import { runHistories } from "./histories.ts";

/** So many that a broken rule does not get past a developer; CI and `npm run fuzz:permissions` go through many more. */
it("no history breaks the permission rules, in any order, with or without attackers", { timeout: 600_000 }, () => {
  expect(runHistories(0, 300)).toEqual([]);
});
