/** Many histories, each from its own seed, so that any one can be looked at alone. */
import { createSeededRandom } from "@multichat/testing/random";
import { type Rules, rules as allRules } from "../../src/control/rules/rules.ts";
import { check } from "./properties.ts";
import { tell } from "./stories.ts";

export interface Failure {
  seed: number;
  why: string;
}

export function runHistory(seed: number, rules: Rules = allRules): string | null {
  const random = createSeededRandom(seed);
  return check(tell(random), rules, random);
}

export function runHistories(first: number, count: number, progress: (done: number) => void = () => {}, rules: Rules = allRules): Failure[] {
  const failures: Failure[] = [];
  for (let i = 0; i < count; i++) {
    const why = runHistory(first + i, rules);
    if (why !== null) failures.push({ seed: first + i, why });
    progress(i + 1);
  }
  return failures;
}
