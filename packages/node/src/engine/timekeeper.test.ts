import type { AccountId } from "@multichat/protocol";
import { createVirtualClock } from "@multichat/testing/clock";
import { expect, it } from "vitest";
import { createTimekeeper } from "./timekeeper.ts";

const hour = 60 * 60_000;
const people = ["a", "b"].map((letter) => letter.repeat(64) as AccountId);

function heard(aheadMs: number): { correctionMs: number; problem: string | null } {
  const clock = createVirtualClock();
  const keeper = createTimekeeper(clock, () => {});
  for (const person of people) keeper.sample(person, aheadMs);
  return { correctionMs: keeper.now() - clock.now(), problem: keeper.problem() };
}

it("a clock that two people find an hour slow is corrected, and it says so", () => {
  const { correctionMs, problem } = heard(hour);
  expect(correctionMs).toBe(hour);
  expect(problem).toContain("60 minutes behind the others'. Times here are corrected");
});

it("nobody carries this node into another year: so far off, it only warns", () => {
  const { correctionMs, problem } = heard(365 * 24 * hour);
  expect(correctionMs).toBe(0);
  expect(problem).toContain("too far to be corrected");
});
