/**
 * One direction of a link: what was handed to it arrives in order, each thing after its own delay. While the pair is cut
 * nothing arrives and nothing is lost; it arrives after the heal, as TCP's would.
 */
import type { Clock } from "@multichat/core/ports";

/** The network's clock: `elapsed` never jumps. */
export type NetworkClock = Clock & { readonly elapsed: number };

export interface WireDeps {
  clock: NetworkClock;
  /** How long the next thing takes, in ms. */
  transit: () => number;
  reachable: () => boolean;
}

interface Item {
  due: number;
  arrive: () => void;
}

export class Wire {
  private items: Item[] = [];
  private lastDue = 0;
  private cancelTimer: (() => void) | null = null;
  private readonly deps: WireDeps;

  constructor(deps: WireDeps) {
    this.deps = deps;
  }

  put(arrive: () => void): void {
    const due = Math.max(this.lastDue, this.deps.clock.elapsed + this.deps.transit());
    this.lastDue = due;
    this.items.push({ due, arrive });
    this.arm();
  }

  /** Loses everything in flight. */
  drop(): void {
    this.items = [];
    this.cancelTimer?.();
    this.cancelTimer = null;
  }

  /** The pair can be reached again: what was held starts anew. */
  resume(): void {
    const held = this.items;
    this.drop();
    for (const { arrive } of held) this.put(arrive);
  }

  private arm(): void {
    if (this.cancelTimer !== null || this.items.length === 0) return;
    this.cancelTimer = this.deps.clock.after(this.items[0]!.due - this.deps.clock.elapsed, () => {
      this.cancelTimer = null;
      if (this.deps.reachable()) this.deliver();
    });
  }

  private deliver(): void {
    const now = this.deps.clock.elapsed;
    const { items } = this;
    let count = 0;
    while (count < items.length && items[count]!.due <= now) count++;
    const due = items.splice(0, count);
    this.arm();
    // A handler may drop the wire half-way through what had arrived: the ends check for themselves that they are open.
    for (const { arrive } of due) arrive();
  }
}
