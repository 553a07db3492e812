/** What the rules are given to judge by: the facts, what was found to stand so far, and the comparisons. */
import type { ControlPayload } from "@multichat/protocol";
import type { Acts } from "./acts.ts";
import type { Fact, Facts } from "./facts.ts";
import type { Past } from "./log.ts";
import type { Rules } from "./rules/rules.ts";

export interface Judged {
  facts: Facts;
  acts: Acts;
  rules: Rules;
  genesis: ControlPayload<"genesis">;
  remembered: Remembered;
}

/** What was found of a past before: many messages and events share one. Of everything held nothing is remembered, it grows. */
export interface Remembered {
  in<T>(past: Past, name: string, find: () => T): T;
}

export function createRemembered(): Remembered {
  const pasts = new WeakMap<Past, Map<string, unknown>>();
  return {
    in<T>(past: Past, name: string, find: () => T): T {
      if (past === everything) return find();
      let known = pasts.get(past);
      if (known === undefined) pasts.set(past, (known = new Map()));
      if (known.has(name)) return known.get(name) as T;
      const found = find();
      known.set(name, found);
      return found;
    },
  };
}

/** All that is held. */
export const everything: Past = { has: () => true };

/** A past and one event more, whatever else the author of that had seen. */
export class OneMore implements Past {
  readonly past: Past;
  readonly one: number;
  constructor(past: Past, one: number) {
    this.past = past;
    this.one = one;
  }
  has(index: number): boolean {
    return index === this.one || this.past.has(index);
  }
}

/** Whether the author of `later` had seen `earlier`. */
export function saw(later: Fact, earlier: { index: number }): boolean {
  return later.past.has(earlier.index);
}
