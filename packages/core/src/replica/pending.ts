/**
 * Events that cannot be judged yet (spec/03-events.md): their control ancestors are not all here, or a control event's stamp is
 * not due. Bounded; what is dropped is not held, so it is asked for again.
 */
import type { EventId } from "@multichat/protocol";
import type { Event } from "../events/event.ts";

/** About 5 MB of ordinary messages: some minutes of a busy space whose control log is late. */
export const maxPending = 8_192;

export interface Pending {
  add(event: Event): void;
  has(id: EventId): boolean;
  size(): number;
  /** Takes everything out, to be tried again. */
  take(): Event[];
}

export function createPending(): Pending {
  const waiting = new Map<EventId, Event>();
  return {
    add(event) {
      if (waiting.size >= maxPending) {
        const [oldest] = waiting.keys();
        if (oldest !== undefined) waiting.delete(oldest);
      }
      waiting.set(event.id, event);
    },
    has: (id) => waiting.has(id),
    size: () => waiting.size,
    take() {
      const events = [...waiting.values()];
      waiting.clear();
      return events;
    },
  };
}
