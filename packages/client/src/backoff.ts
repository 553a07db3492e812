/** How long to wait before trying again to connect. */

/** A restarted node is back within a second or two: the first tries come quickly. */
const firstDelay = 100;
/** Someone looking at a window that says "connecting" should not wait longer than this after the node is back. */
const longestDelay = 5_000;

/** Milliseconds before try number `attempt` (from 0). Half is random, so that many windows do not return in step. */
export function backoff(attempt: number, random: () => number): number {
  const full = Math.min(longestDelay, firstDelay * 2 ** attempt);
  return full / 2 + (full / 2) * random();
}
