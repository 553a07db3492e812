/**
 * How much of what changes nothing, or costs its author nothing, the control log takes from one device (spec/04-control.md,
 * rule 9). Counted along the device's own feed in the event's past, so that every node judges alike.
 */
import type { EventId } from "@multichat/protocol";
import type { Event } from "../events/event.ts";
import type { ControlLog } from "./log.ts";
import type { ControlState } from "./state.ts";

export const controlLimits = {
  /** Of each such kind: a device joins, leaves and merges a few times in its life. */
  mechanical: 64,
  /** Events that could never stand: of a device in error, or worse. */
  void: 64,
  /** Events beside another at the same seq, in all: one is proof enough, and each may be acted on by others. */
  branches: 64,
} as const;

const counted: ReadonlySet<string> = new Set(["join", "leave", "device.bind", "device.unbind", "merge"]);

interface Tally {
  kinds: ReadonlyMap<string, number>;
  void: number;
}

const nothing: Tally = { kinds: new Map(), void: 0 };

export interface ControlShares {
  /** Why an event is too much of its device, or does not continue its feed; null if neither. */
  problem(log: ControlLog, state: ControlState, event: Event): string | null;
  /** Whether its device has had its share of events without effect. */
  mustStand(log: ControlLog, state: ControlState, event: Event): boolean;
}

export function createControlShares(): ControlShares {
  /** Up to and including each event: what could never stand never changes. */
  const tallies = new Map<EventId, Tally>();

  function tallyTo(log: ControlLog, state: ControlState, last: EventId): Tally {
    const chain: EventId[] = [];
    for (let id: EventId | null = last; id !== null && log.has(id) && !tallies.has(id); ) {
      chain.push(id);
      const { seq, prev }: { seq: number; prev: EventId } = log.get(id)!.header;
      id = seq > 1 ? prev : null;
    }
    for (const id of chain.toReversed()) {
      const { kind, prev } = log.get(id)!.header;
      const before = tallies.get(prev) ?? nothing;
      const kinds = counted.has(kind) ? new Map(before.kinds).set(kind, (before.kinds.get(kind) ?? 0) + 1) : before.kinds;
      tallies.set(id, { kinds, void: before.void + (state.judged.facts.get(id)?.problem == null ? 0 : 1) });
    }
    return tallies.get(last) ?? nothing;
  }

  return {
    problem(log, state, { header }) {
      if (header.seq === 1) return null;
      const previous = log.get(header.prev);
      const follows = previous !== null && previous.header.device === header.device && previous.header.seq === header.seq - 1;
      if (!follows || !log.inPast(header.ctl, header.prev)) return "heads that do not cover its feed";
      const tally = tallyTo(log, state, header.prev);
      if (counted.has(header.kind) && (tally.kinds.get(header.kind) ?? 0) >= controlLimits.mechanical) return "one more of its kind than a device may write";
      return null;
    },
    mustStand: (log, state, { header }) => header.seq > 1 && tallyTo(log, state, header.prev).void >= controlLimits.void,
  };
}
