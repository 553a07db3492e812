/** What the rules are given to judge by: the facts, what was found to stand so far, and the comparisons. */
import type { ControlPayload } from "@multichat/protocol";
import type { Acts } from "./acts.ts";
import type { Fact, Facts } from "./facts.ts";
import type { Rules } from "./rules/rules.ts";

export interface Judged {
  facts: Facts;
  acts: Acts;
  rules: Rules;
  genesis: ControlPayload<"genesis">;
}

/** Whether the author of `later` had seen `earlier`. */
export function saw(later: Fact, earlier: { index: number }): boolean {
  return later.past.has(earlier.index);
}
