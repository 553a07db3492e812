/** A bounded number of places for visitors, shared among the hosts they come from: whoever comes gets one, and another has to go. */
export interface Visitor {
  /** Where it comes from: one address, or one network in the hands of somebody. */
  host: string;
  /** Ends its connection. */
  turnOut: () => void;
}

export class Places {
  private readonly total: number;
  private readonly perHost: number;
  /** In the order in which they came. */
  private readonly byHost = new Map<string, Set<Visitor>>();
  private count = 0;

  constructor(total: number, perHost: number) {
    this.total = total;
    this.perHost = perHost;
  }

  /** Of the host with most visitors, the one that has been there longest goes when there is no room. */
  take(visitor: Visitor): void {
    const neighbours = this.byHost.get(visitor.host) ?? new Set();
    if (neighbours.has(visitor)) return;
    this.byHost.set(visitor.host, neighbours.add(visitor));
    this.count++;
    if (neighbours.size > this.perHost) this.turnOutOneOf(neighbours);
    else if (this.count > this.total) this.turnOutOneOf(this.busiest());
  }

  leave(visitor: Visitor): void {
    const neighbours = this.byHost.get(visitor.host);
    if (neighbours?.delete(visitor) !== true) return;
    this.count--;
    if (neighbours.size === 0) this.byHost.delete(visitor.host);
  }

  private turnOutOneOf(visitors: Iterable<Visitor>): void {
    for (const visitor of visitors) {
      this.leave(visitor);
      visitor.turnOut();
      return;
    }
  }

  private busiest(): Set<Visitor> {
    let most = new Set<Visitor>();
    for (const visitors of this.byHost.values()) if (visitors.size > most.size) most = visitors;
    return most;
  }
}
