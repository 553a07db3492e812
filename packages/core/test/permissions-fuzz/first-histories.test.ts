import { expect, it } from "vitest";
import { runHistories } from "./histories.ts";

/** Half of 20,000 here and half in the file beside this, so that two of them can run at once. */
it("no history breaks the permission rules, in any order, with or without attackers", { timeout: 600_000 }, () => {
  expect(runHistories(0, 10_000)).toEqual([]);
});
