/** A fuzz that does not notice when a rule is made weaker says nothing about that rule. */
import { describe, expect, it } from "vitest";
import { runHistory } from "./histories.ts";
import { mutations, weakened } from "./mutations.ts";

/** Every one was noticed within some hundreds. */
const enough = 4_000;

describe("the fuzz of the permission rules notices that", { timeout: 120_000 }, () => {
  it.each(Object.keys(mutations))("%s", (name) => {
    const rules = weakened(name);
    let seed = 0;
    while (seed < enough && runHistory(seed, rules) === null) seed++;
    expect(seed).toBeLessThan(enough);
  });
});
