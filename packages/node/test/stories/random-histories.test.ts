import { describe, expect, it } from "vitest";
import { randomHistory } from "../random-history.ts";

const seeds = Array.from({ length: 8 }, (_, i) => 1_000 + i);

describe("whatever happens", { timeout: 120_000 }, () => {
  it.each(seeds)("everybody agrees when it is over (history %i)", async (seed) => {
    expect(await randomHistory(seed, { steps: 60 })).toBeNull();
  });
});
