/** How the other ways to a device compare with the one in use: worth moving to, worse, or to be measured again. */
import { transportLimits } from "./limits.ts";
import type { Way } from "./way.ts";

export class WayTrials {
  private readonly trials = new WeakMap<Way, { won: number; judgedAt: number }>();

  /** null: nothing new was measured, or it has not won often enough. */
  judge(current: Way, other: Way): "better" | "worse" | null {
    if (current.measuringSince !== null || other.measuringSince !== null) return null;
    const trial = this.trials.get(other) ?? { won: 0, judgedAt: -Infinity };
    const fresh = other.measuredAt > trial.judgedAt && current.measuredAt > trial.judgedAt;
    if (current.rtt === null || other.rtt === null || !fresh) return null;
    const won = trial.won + 1;
    this.trials.set(other, { won, judgedAt: performance.now() });
    if (!isWorthMoving(current.rtt, other.rtt)) return "worse";
    return won >= transportLimits.moveRounds ? "better" : null;
  }

  /** The way in use is another one: what was found out does not count. */
  forget(ways: Iterable<Way>): void {
    for (const way of ways) this.trials.delete(way);
  }
}

const isWorthMoving = (from: number, to: number): boolean =>
  to < from * transportLimits.moveRatio && from - to > transportLimits.moveGainMs;
