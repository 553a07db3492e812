import type { EventId } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { forkAround, precedes, twins } from "./forks.ts";

const id = (name: string): EventId => name as EventId;
const placed = (name: string, prev: string) => ({ id: id(name), prev: id(prev) });
const alone = { at: [], before: [], after: [] };

describe("what proves a fork", () => {
  it("is nothing while all fit", () => {
    expect(forkAround(placed("b2", "a1"), 2, alone)).toBeNull();
    expect(forkAround(placed("b2", "a1"), 2, { ...alone, before: [placed("a1", "")], after: [placed("c3", "b2")] })).toBeNull();
  });

  it("is two events at one place, the lower ids of several", () => {
    expect(forkAround(placed("b", "x"), 3, { ...alone, at: [placed("c", "x"), placed("a", "x")] })).toEqual({ seq: 3, ids: ["a", "b"], tip: "a", kind: "twins" });
  });

  it("is an event that denies its predecessor, whichever of the two came first", () => {
    const expected = { seq: 2, ids: ["a2", "b3"], tip: "a2", kind: "denial" };
    expect(forkAround(placed("b3", "x2"), 3, { ...alone, before: [placed("a2", "a1")] })).toEqual(expected);
    expect(forkAround(placed("a2", "a1"), 2, { ...alone, after: [placed("b3", "x2")] })).toEqual(expected);
  });

  it("is the earliest, then two at one place, then the lowest ids", () => {
    const early = twins(2, [id("y"), id("z")]);
    const late = twins(3, [id("a"), id("b")]);
    expect(precedes(early, late)).toBe(true);
    expect(precedes(late, early)).toBe(false);
    expect(precedes(early, null)).toBe(true);
    const denial = { ...twins(2, [id("a"), id("b")]), kind: "denial" as const };
    expect(precedes(early, denial)).toBe(true);
    expect(precedes(twins(3, [id("a"), id("a0")]), late)).toBe(true);
    expect(precedes(late, late)).toBe(false);
  });
});
