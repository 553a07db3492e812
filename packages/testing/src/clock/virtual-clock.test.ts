import { describe, expect, it } from "vitest";
import { describeClock } from "./conformance.ts";
import { createVirtualClock } from "./virtual-clock.ts";

describeClock("virtual", () => {
  const clock = createVirtualClock();
  return { clock, wait: (promise) => clock.wait(promise) };
});

describe("virtual clock", () => {
  it("stands still by itself", async () => {
    const clock = createVirtualClock({ start: 1_000 });
    let called = false;
    clock.after(1, () => {
      called = true;
    });
    await clock.settle();
    expect([clock.now(), called]).toEqual([1_000, false]);
  });

  it("shows each timer the time at which it fell due", async () => {
    const clock = createVirtualClock({ start: 0 });
    const seen: number[] = [];
    clock.after(10, () => {
      seen.push(clock.now());
      clock.after(5, () => seen.push(clock.now()));
    });
    clock.after(12, () => seen.push(clock.now()));
    await clock.advance(100);
    expect(seen).toEqual([10, 12, 15]);
    expect(clock.now()).toBe(100);
  });

  it("lets promises come to rest before the next timer of the same moment", async () => {
    const clock = createVirtualClock();
    const order: string[] = [];
    clock.after(1, () => {
      void (async () => {
        for (let i = 0; i < 50; i++) await Promise.resolve();
        order.push("promise");
      })();
    });
    clock.after(1, () => order.push("timer"));
    await clock.advance(1);
    expect(order).toEqual(["promise", "timer"]);
  });

  it("jumps without moving timers", async () => {
    const clock = createVirtualClock({ start: 0 });
    let at = -1;
    clock.after(100, () => {
      at = clock.elapsed;
    });
    clock.jump(-5_000);
    expect(clock.now()).toBe(-5_000);
    await clock.advance(100);
    expect([at, clock.now()]).toEqual([100, -4_900]);
  });

  it("gives machines wrong clocks on one timeline", async () => {
    const clock = createVirtualClock({ start: 0 });
    const fast = clock.skewed(3_600_000);
    let seen = 0;
    fast.after(10, () => {
      seen = fast.now();
    });
    await clock.advance(10);
    expect([seen, clock.now()]).toEqual([3_600_010, 10]);
    fast.jump(-3_600_000);
    expect([fast.now(), clock.now()]).toEqual([10, 10]);
  });

  it("stops as soon as a condition holds", async () => {
    const clock = createVirtualClock({ start: 0 });
    let count = 0;
    const tick = (): void => {
      count++;
      clock.after(10, tick);
    };
    clock.after(10, tick);
    expect(await clock.until(() => count === 3, 1_000)).toBe(true);
    expect(clock.now()).toBe(30);
    expect(await clock.until(() => count === 1_000, 50)).toBe(false);
    expect(clock.now()).toBe(80);
  });

  it("waits for a promise, and says when that is in vain", async () => {
    const clock = createVirtualClock();
    const later = new Promise<string>((resolve) => void clock.after(5_000, () => resolve("done")));
    expect(await clock.wait(later)).toBe("done");
    expect(clock.elapsed).toBe(5_000);
    await expect(clock.wait(Promise.reject(new Error("as it was")))).rejects.toThrow("as it was");
    await expect(clock.wait(new Promise(() => {}), 1_000)).rejects.toThrow("in vain");
  });

  it("brings out a timer's error", async () => {
    const clock = createVirtualClock();
    clock.after(1, () => {
      throw new Error("from the timer");
    });
    await expect(clock.advance(1)).rejects.toThrow("from the timer");
    await clock.advance(1);
  });

  it("refuses to be advanced twice at once", async () => {
    const clock = createVirtualClock();
    const first = clock.advance(1);
    await expect(clock.advance(1)).rejects.toThrow("already being advanced");
    await first;
  });
});
