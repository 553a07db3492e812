import type { AccountId, DeviceId, PresenceState, SpaceId } from "@multichat/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { presenceLimits } from "./limits.ts";
import { ownState } from "./own-state.ts";
import { statusAt, statusLine, sumUp } from "./person.ts";
import { type Allowance, spend } from "./rate.ts";
import { createHeard } from "./heard.ts";
import { type Choices, type Exception, type SpaceVisibility, type Visibility, exceptions, maySee, spaceVisibilities, visibilities } from "./visibility.ts";

const bob = "b".repeat(64) as AccountId;
const team = "7".repeat(64) as SpaceId;
const device = (digit: string) => digit.repeat(64) as DeviceId;
const { idleMs } = presenceLimits;

describe("who may see it", () => {
  const choices = (general: Visibility, inTeam?: SpaceVisibility, toBob?: Exception): Choices => ({
    general,
    spaces: new Map(inTeam === undefined ? [] : [[team, inTeam]]),
    accounts: new Map(toBob === undefined ? [] : [[bob, toBob]]),
  });
  const who = (change: { own?: boolean; blocked?: boolean; contact?: boolean } = {}) => ({ account: bob, own: false, blocked: false, contact: false, ...change });
  const workspace = { id: team, conversation: false };
  const conversation = { id: "c".repeat(64) as SpaceId, conversation: true };

  test.each([
    ["everyone", undefined, undefined, {}, workspace, true],
    ["everyone", undefined, undefined, {}, conversation, true],
    ["members", undefined, undefined, {}, workspace, true],
    ["members", undefined, undefined, {}, conversation, false],
    ["contacts", undefined, undefined, {}, workspace, false],
    ["contacts", undefined, undefined, { contact: true }, workspace, true],
    ["nobody", undefined, undefined, { contact: true }, workspace, false],
    ["nobody", "everyone", undefined, {}, workspace, true],
    ["nobody", "everyone", undefined, {}, conversation, false],
    ["everyone", "nobody", undefined, { contact: true }, workspace, false],
    ["everyone", "contacts", undefined, {}, workspace, false],
    ["nobody", "nobody", "always", {}, workspace, true],
    ["everyone", "everyone", "never", { contact: true }, workspace, false],
    ["everyone", "everyone", "always", { blocked: true }, workspace, false],
    ["nobody", "nobody", "never", { own: true }, workspace, true],
  ] as const)("in general %s, there %s, to them %s, %j in %j: %s", (general, inTeam, toBob, change, space, allowed) => {
    expect(maySee(choices(general, inTeam, toBob), who(change), space)).toBe(allowed);
  });

  test("whom one blocks sees nothing, whatever else is said", () => {
    const any = fc.record({
      general: fc.constantFrom(...visibilities),
      there: fc.constantFrom(undefined, ...spaceVisibilities),
      them: fc.constantFrom(undefined, ...exceptions),
      contact: fc.boolean(),
      space: fc.constantFrom(workspace, conversation),
    });
    const property = fc.property(any, ({ general, there, them, contact, space }) => {
      expect(maySee(choices(general, there, them), who({ contact, blocked: true }), space)).toBe(false);
    });
    fc.assert(property);
  });
});

describe("what a device says of its person", () => {
  test.each([
    ["nobody was there yet", null, null, 0, "away", null],
    ["just active", null, 1_000, 1_000, "online", 1_000 + idleMs],
    ["active a while ago", null, 1_000, 1_000 + idleMs - 1, "online", 1_000 + idleMs],
    ["idle", null, 1_000, 1_000 + idleMs, "away", null],
    ["chose not to be disturbed", { state: "dnd", until: 0 }, 1_000, 2_000, "dnd", null],
    ["chose so for a while", { state: "dnd", until: 5_000 }, 1_000, 4_999, "dnd", 5_000],
    ["that while is over", { state: "dnd", until: 5_000 }, 1_000, 5_000, "online", 1_000 + idleMs],
    ["chose away and is there", { state: "away", until: 0 }, 1_000, 1_000, "away", null],
    ["invisible", { state: "invisible", until: 0 }, 1_000, 1_000, null, null],
    ["invisible for a while", { state: "invisible", until: 5_000 }, 1_000, 1_000, null, 5_000],
  ] as const)("%s", (_what, chosen, activeAt, now, state, changesAt) => {
    expect(ownState(chosen, activeAt, now)).toEqual({ state, changesAt });
  });

  test("stays so until the time it names, and is another then", () => {
    const chosen = fc.option(fc.record({ state: fc.constantFrom("away" as const, "dnd" as const, "invisible" as const), until: fc.nat(10 ** 6) }), { nil: null });
    fc.assert(
      fc.property(chosen, fc.option(fc.nat(10 ** 6), { nil: null }), fc.nat(10 ** 6), fc.double({ min: 0, max: 1, noNaN: true }), (choice, activeAt, now, part) => {
        const { state, changesAt } = ownState(choice, activeAt, now);
        const until = changesAt ?? now + 10 ** 9;
        const between = Math.min(until - 1, Math.floor(now + part * (until - now)));
        expect(ownState(choice, activeAt, between).state).toBe(state);
        expect(until).toBeGreaterThan(now);
        expect(ownState(choice, activeAt, until).state).toBe(changesAt === null ? state : ownState(null, activeAt, until).state);
      }),
    );
  });
});

describe("one person of several devices", () => {
  test.each([
    [[], "offline"],
    [["away"], "away"],
    [["away", "away"], "away"],
    [["away", "online"], "online"],
    [["online", "dnd", "away"], "dnd"],
  ] as [PresenceState[], string][])("%j: %s", (states, sum) => {
    expect(sumUp(states)).toBe(sum);
    expect(sumUp(states.toReversed())).toBe(sum);
  });

  test("a status counts until its end", () => {
    const status = { emoji: "🌴", text: "On holiday", away: "Ask Bob", until: 1_000 };
    expect(statusAt(status, 999)).toBe(status);
    expect(statusAt(status, 1_000)).toBeNull();
    expect(statusAt({ ...status, until: 0 }, 2 ** 46)).not.toBeNull();
    expect(statusLine(status, "online")).toBe("On holiday");
    for (const state of ["away", "dnd", "offline"] as const) expect(statusLine(status, state)).toBe("Ask Bob");
    expect(statusLine({ ...status, away: null }, "away")).toBe("On holiday");
  });
});

test("of a flood a bounded number is taken", () => {
  const taken = (times: number[]): number => {
    let allowance: Allowance | null = null;
    let count = 0;
    for (const now of times) {
      const next = spend(allowance, now);
      if (next === null) continue;
      allowance = next;
      count++;
    }
    return count;
  };
  expect(taken(Array.from({ length: 1_000 }, () => 5))).toBe(presenceLimits.burst);
  expect(taken(Array.from({ length: 100 }, (_, i) => i * 1_000))).toBe(100);
  fc.assert(
    fc.property(fc.array(fc.nat(100_000), { maxLength: 300 }), (times) => {
      const inOrder = times.toSorted((a, b) => a - b);
      const span = (inOrder.at(-1) ?? 0) - (inOrder[0] ?? 0);
      expect(taken(inOrder)).toBeLessThanOrEqual(presenceLimits.burst + (span / 1_000) * presenceLimits.perSecond);
      // A clock that was set back.
      expect(taken(inOrder.toReversed())).toBeLessThanOrEqual(presenceLimits.burst);
    }),
  );
});

describe("what was said", () => {
  test("holds for its time, can be taken back, and ends sooner when the link does", () => {
    const said = createHeard<string>((a, b) => a === b);
    expect(said.put(device("1"), "online", 100, 0)).toBe(true);
    expect(said.put(device("1"), "online", 100, 50)).toBe(false);
    expect(said.put(device("2"), "away", 200, 50)).toBe(true);
    expect(said.get(device("1"), 149)).toBe("online");
    expect(said.next()).toBe(150);
    expect(said.expire(150)).toEqual([[device("1"), "online"]]);
    said.shorten(device("2"), 160);
    said.shorten(device("2"), 400);
    expect(said.entries(159)).toEqual([[device("2"), "away"]]);
    expect(said.get(device("2"), 160)).toBeNull();
    expect(said.put(device("2"), "away", 0, 155)).toBe(true);
    expect(said.put(device("2"), "away", 0, 155)).toBe(false);
    expect(said.next()).toBeNull();
  });

  test("nothing outlives its ttl, whatever came before", () => {
    const step = fc.record({ device: fc.constantFrom("1", "2", "3"), ttl: fc.nat(120_000), wait: fc.nat(60_000) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const said = createHeard<number>((a, b) => a === b);
        let now = 0;
        const ends = new Map<string, number>();
        for (const [i, { device: digit, ttl, wait }] of steps.entries()) {
          said.put(device(digit), i, ttl, now);
          ends.set(digit, now + ttl);
          now += wait;
          for (const [one, end] of ends) expect(said.get(device(one), now) !== null).toBe(now < end);
        }
      }),
    );
  });
});
