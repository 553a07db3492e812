/** The machine's own clock. */
import type { Clock } from "@multichat/core/ports";

/** What setTimeout takes; a longer wait would fire at once. */
const longestTimeoutMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    let left = ms;
    let timer: NodeJS.Timeout;
    const wait = (): void => {
      const step = Math.min(left, longestTimeoutMs);
      left -= step;
      timer = setTimeout(left > 0 ? wait : callback, step);
    };
    wait();
    return () => clearTimeout(timer);
  },
};
