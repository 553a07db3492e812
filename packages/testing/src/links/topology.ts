/** Who can reach whom in the in-memory network, and how long it takes. */
import type { DeviceId } from "@multichat/protocol";
import type { SeededRandom } from "../random/index.ts";

export interface Delay {
  /** One way, in ms. */
  latencyMs: number;
  /** Added to the latency, evenly spread from 0 to this. */
  jitterMs: number;
}

export interface Cut {
  readonly pair: readonly [DeviceId, DeviceId];
}

const pairKey = (a: DeviceId, b: DeviceId): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

export class Topology {
  private readonly cuts = new Map<string, Cut>();
  private readonly delays = new Map<string, Delay>();
  private readonly random: SeededRandom;
  private readonly delay: Delay;

  constructor(random: SeededRandom, delay: Delay) {
    this.random = random;
    this.delay = delay;
  }

  reachable(a: DeviceId, b: DeviceId): boolean {
    return !this.cuts.has(pairKey(a, b));
  }

  cut(a: DeviceId, b: DeviceId): void {
    if (a !== b && this.reachable(a, b)) this.cuts.set(pairKey(a, b), { pair: [a, b] });
  }

  /** The cut in force between two devices: a later one is another. */
  cutBetween(a: DeviceId, b: DeviceId): Cut | undefined {
    return this.cuts.get(pairKey(a, b));
  }

  /** Mends one pair, every pair of one device, or everything. */
  heal(a?: DeviceId, b?: DeviceId): void {
    if (a !== undefined && b !== undefined) {
      this.cuts.delete(pairKey(a, b));
      return;
    }
    for (const [key, { pair }] of this.cuts)
      if (a === undefined || pair.includes(a)) this.cuts.delete(key);
  }

  setDelay(a: DeviceId, b: DeviceId, delay: Partial<Delay>): void {
    this.delays.set(pairKey(a, b), { ...this.delayOf(a, b), ...delay });
  }

  /** How long the next thing sent from one to the other takes, in ms. */
  transit(a: DeviceId, b: DeviceId): number {
    const { latencyMs, jitterMs } = this.delayOf(a, b);
    return jitterMs > 0 ? latencyMs + this.random.float() * jitterMs : latencyMs;
  }

  private delayOf(a: DeviceId, b: DeviceId): Delay {
    return this.delays.get(pairKey(a, b)) ?? this.delay;
  }
}
