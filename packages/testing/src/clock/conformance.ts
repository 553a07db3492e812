/** What every clock adapter must do. */
import type { Clock } from "@multichat/core/ports";
import { describe, expect, it } from "vitest";

export interface ClockUnderTest {
  clock: Clock;
  /** Lets time pass until the promise settles. */
  wait: <T>(promise: Promise<T>) => Promise<T>;
}

export function describeClock(name: string, make: () => ClockUnderTest): void {
  describe(`clock: ${name}`, () => {
    const timer = (clock: Clock, ms: number): Promise<void> =>
      new Promise((resolve) => void clock.after(ms, resolve));

    it("tells whole milliseconds since 1970", () => {
      const now = make().clock.now();
      expect(Number.isInteger(now)).toBe(true);
      expect(now).toBeGreaterThan(Date.UTC(2025, 0, 1));
    });

    it("calls back after at least the time asked for", async () => {
      const { clock, wait } = make();
      const start = clock.now();
      await wait(timer(clock, 20));
      // Timers and the wall clock are rounded differently.
      expect(clock.now() - start).toBeGreaterThanOrEqual(19);
    });

    it("calls back in the order in which timers fall due, and never from inside the call", async () => {
      const { clock, wait } = make();
      const order: string[] = [];
      clock.after(30, () => order.push("late"));
      clock.after(0, () => order.push("at once"));
      clock.after(10, () => order.push("soon"));
      order.push("set");
      await wait(timer(clock, 40));
      expect(order).toEqual(["set", "at once", "soon", "late"]);
    });

    it("calls back once", async () => {
      const { clock, wait } = make();
      let calls = 0;
      clock.after(1, () => calls++);
      await wait(timer(clock, 20));
      expect(calls).toBe(1);
    });

    it("does not call back after a cancel, which may come twice or too late", async () => {
      const { clock, wait } = make();
      let calls = 0;
      const cancel = clock.after(5, () => calls++);
      cancel();
      cancel();
      let cancelLate = (): void => {};
      await wait(
        new Promise<void>((resolve) => {
          cancelLate = clock.after(10, resolve);
        }),
      );
      cancelLate();
      expect(calls).toBe(0);
    });

    it("lets a timer set another one", async () => {
      const { clock, wait } = make();
      const start = clock.now();
      await wait(timer(clock, 10).then(() => timer(clock, 10)));
      expect(clock.now() - start).toBeGreaterThanOrEqual(19);
    });

    it("waits for timers months away", async () => {
      const { clock, wait } = make();
      let called = false;
      const cancel = clock.after(100 * 24 * 3_600_000, () => {
        called = true;
      });
      await wait(timer(clock, 10));
      cancel();
      expect(called).toBe(false);
    });
  });
}
