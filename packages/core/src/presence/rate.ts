/** How much of one kind is taken from one source: so many at once, and so many a second on average. */
import { presenceLimits } from "./limits.ts";

export interface Allowance {
  left: number;
  at: number;
}

/** What is left after one more; null if there was none left. */
export function spend(allowance: Allowance | null, now: number, { burst, perSecond } = presenceLimits as { burst: number; perSecond: number }): Allowance | null {
  // A clock that was set back gives nothing and takes nothing.
  const earned = allowance === null ? burst : (Math.max(0, now - allowance.at) / 1000) * perSecond;
  const left = Math.min(burst, (allowance?.left ?? 0) + earned);
  return left < 1 ? null : { left: left - 1, at: now };
}
