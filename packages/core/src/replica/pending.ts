/**
 * Events that cannot be judged yet (spec/03-events.md): their control ancestors are not all here, or a control event's stamp is
 * not due. Bounded, and whoever fills it pushes out only its own; what is dropped is not held, so it is asked for again.
 */
import { type DeviceId, type EventId, hlcTime } from "@multichat/protocol";
import { type Event, wireSize } from "../events/event.ts";

export const pendingLimits = {
  /** Some minutes of a busy space whose control log is late. */
  events: 8_192,
  /** In memory, whatever the sizes of the events. */
  bytes: 16 * 1024 * 1024,
} as const;

/** Devices that are not bound share one place: keys cost nothing. */
export type Owner = DeviceId | "strangers";

export interface Pending {
  add(event: Event, owner: Owner): void;
  has(id: EventId): boolean;
  size(): number;
  /** Takes everything out, to be tried again. */
  take(): Event[];
  /** The earliest time (ms) in the stamps of those chosen, or null. */
  firstStamp(chosen: (event: Event) => boolean): number | null;
}

interface Share {
  events: Map<EventId, Event>;
  bytes: number;
}

export function createPending(): Pending {
  const owners = new Map<Owner, Share>();
  const ownerOf = new Map<EventId, Owner>();
  let bytes = 0;

  function drop(owner: Owner, share: Share, event: Event): void {
    const size = wireSize(event.wire);
    share.events.delete(event.id);
    ownerOf.delete(event.id);
    share.bytes -= size;
    bytes -= size;
    if (share.events.size === 0) owners.delete(owner);
  }

  /** The oldest of whoever takes most room. */
  function makeRoom(): void {
    let greedy: [Owner, Share] | null = null;
    for (const [owner, share] of owners) if (greedy === null || share.bytes > greedy[1].bytes) greedy = [owner, share];
    if (greedy === null) return;
    const [oldest] = greedy[1].events.values();
    drop(...greedy, oldest!);
  }

  return {
    add(event, owner) {
      if (ownerOf.has(event.id)) return;
      const share = owners.get(owner) ?? { events: new Map<EventId, Event>(), bytes: 0 };
      owners.set(owner, share);
      share.events.set(event.id, event);
      ownerOf.set(event.id, owner);
      const size = wireSize(event.wire);
      share.bytes += size;
      bytes += size;
      while (ownerOf.size > pendingLimits.events || bytes > pendingLimits.bytes) makeRoom();
    },
    has: (id) => ownerOf.has(id),
    size: () => ownerOf.size,
    take() {
      const events = [...owners.values()].flatMap((share) => [...share.events.values()]);
      owners.clear();
      ownerOf.clear();
      bytes = 0;
      return events;
    },
    firstStamp(chosen) {
      let first: number | null = null;
      for (const { events } of owners.values()) {
        for (const event of events.values()) {
          const time = hlcTime(event.header.hlc);
          if (chosen(event) && (first === null || time < first)) first = time;
        }
      }
      return first;
    },
  };
}
