/**
 * Proof that a device has forked one of its feeds (spec/03-events.md, Fork), chosen so that all who have seen the same
 * events keep the same proof: the lowest seq, there two events at it before an event that denies its predecessor, and of
 * several the lowest ids.
 */
import type { EventId } from "@multichat/protocol";

export interface Fork {
  seq: number;
  /** The two events that prove it, ascending: both at `seq`, or one there and one at the next that names another before it. */
  ids: EventId[];
  /** The event at `seq` that a row of holdings names: the lower one of two. */
  tip: EventId;
  kind: "twins" | "denial";
}

export interface Placed {
  id: EventId;
  prev: EventId;
}

/** What is held around a new event of the same feed. */
export interface Neighbours {
  at: readonly Placed[];
  before: readonly Placed[];
  after: readonly Placed[];
}

/** The fork that `event` proves together with its neighbours, or null while they fit. */
export function forkAround(event: Placed, seq: number, { at, before, after }: Neighbours): Fork | null {
  const [previous] = before;
  if (previous !== undefined && before.every(({ id }) => id !== event.prev)) return denial(seq - 1, previous.id, event.id);
  if (at.length > 0) return twins(seq, [event.id, ...at.map(({ id }) => id)]);
  const denying = after.filter(({ prev }) => prev !== event.id).map(({ id }) => id).sort();
  return denying[0] === undefined ? null : denial(seq, event.id, denying[0]);
}

/** Whether `fork` is the proof to keep rather than `other`. */
export function precedes(fork: Fork, other: Fork | null): boolean {
  if (other === null) return true;
  if (fork.seq !== other.seq) return fork.seq < other.seq;
  if (fork.kind !== other.kind) return fork.kind === "twins";
  return fork.ids.join() < other.ids.join();
}

export function twins(seq: number, ids: readonly EventId[]): Fork {
  const lowest = [...new Set(ids)].sort().slice(0, 2);
  return { seq, ids: lowest, tip: lowest[0]!, kind: "twins" };
}

function denial(seq: number, there: EventId, denying: EventId): Fork {
  return { seq, ids: [there, denying].sort(), tip: there, kind: "denial" };
}
