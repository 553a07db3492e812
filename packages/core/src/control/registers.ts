/** Last-writer registers of the control log (spec/04-control.md, rule 7): senior rank, then later hlc, then greater id. */
import type { EventId, Hlc } from "@multichat/protocol";

export interface Stamp {
  rank: number;
  hlc: Hlc;
  id: EventId;
}

export function createRegisters(): { wins(name: string, stamp: Stamp): boolean } {
  const held = new Map<string, Stamp>();
  return {
    /** Whether this write is the one that counts so far; if so it is remembered. */
    wins(name, stamp) {
      const other = held.get(name);
      if (other !== undefined && !beats(stamp, other)) return false;
      held.set(name, stamp);
      return true;
    },
  };
}

function beats(a: Stamp, b: Stamp): boolean {
  if (a.rank !== b.rank) return a.rank < b.rank;
  if (a.hlc !== b.hlc) return a.hlc > b.hlc;
  return a.id > b.id;
}
