import { describe, expect, it } from "vitest";
import { createSeededRandom } from "./seeded-random.ts";

describe("seeded random", () => {
  it("repeats for the same seed and differs for the next", () => {
    const draw = (seed: number | string): number[] => {
      const random = createSeededRandom(seed);
      return Array.from({ length: 8 }, () => random.uint32());
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(draw("a")).not.toEqual(draw("b"));
  });

  it("gives the same numbers on every machine and in every version", () => {
    const random = createSeededRandom("multichat");
    expect([random.uint32(), random.uint32(), random.uint32()]).toMatchInlineSnapshot(`
      [
        3908053386,
        4276952770,
        2662528239,
      ]
    `);
  });

  it("fills any length", () => {
    const random = createSeededRandom(3);
    for (const length of [0, 1, 3, 4, 5, 32]) expect(random.bytes(length)).toHaveLength(length);
  });

  it("spreads evenly", () => {
    const random = createSeededRandom(4);
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < 50_000; i++) counts[random.below(5)]!++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
    let heads = 0;
    for (let i = 0; i < 10_000; i++) if (random.chance(0.1)) heads++;
    expect(Math.abs(heads - 1_000)).toBeLessThan(150);
    expect(random.chance(0)).toBe(false);
    expect(random.chance(1)).toBe(true);
  });

  it("shuffles without losing anything", () => {
    const list = Array.from({ length: 100 }, (_, i) => i);
    const shuffled = createSeededRandom(5).shuffle(list);
    expect(shuffled).not.toEqual(list);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(list);
  });

  it("forks streams that do not disturb each other", () => {
    const random = createSeededRandom(6);
    const fork = random.fork("links");
    fork.bytes(100);
    expect(random.uint32()).toBe(createSeededRandom(6).uint32());
    expect(random.fork("links").uint32()).toBe(createSeededRandom(6).fork("links").uint32());
    expect(random.fork("links").uint32()).not.toBe(random.fork("clock").uint32());
  });

  it("picks, and says when there is nothing to pick", () => {
    const random = createSeededRandom(7);
    expect([1, 2, 3]).toContain(random.pick([1, 2, 3]));
    expect(() => random.pick([])).toThrow(RangeError);
  });
});
