/**
 * Events that cannot be judged yet (spec/03-events.md): their control ancestors are not all here, or a control event's stamp is
 * not due. Bounded, and whoever fills it pushes out only its own; what is dropped is not held, so it is asked for again.
 */
import { type DeviceId, type EventId, type Hlc, hlcTime } from "@multichat/protocol";
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
  /** Keeps a verified event until `missing` is held; null: until its time has come. */
  add(event: Event, owner: Owner, missing: EventId | null): void;
  has(id: EventId): boolean;
  size(): number;
  /** Takes out what waited for this event, to be tried again. */
  takeFreed(by: EventId): Event[];
  /** Takes out what waited for its time, if that is not later than this. */
  takeDue(latest: Hlc): Event[];
  /** What waits for this event. */
  waitingFor(id: EventId): Event[];
  /** The earliest time (ms) in the stamps of those that wait for it, or null. */
  firstStamp(): number | null;
}

interface Share {
  events: Map<EventId, Event>;
  bytes: number;
}

interface Place {
  owner: Owner;
  missing: EventId | null;
}

export function createPending(): Pending {
  const owners = new Map<Owner, Share>();
  const places = new Map<EventId, Place>();
  /** By one event that each lacks; another that it lacks is found when that one comes. */
  const waiting = new Map<EventId | null, Map<EventId, Event>>();
  let bytes = 0;

  function drop(event: Event): void {
    const { owner, missing } = places.get(event.id)!;
    const share = owners.get(owner)!;
    const size = wireSize(event.wire);
    places.delete(event.id);
    share.events.delete(event.id);
    share.bytes -= size;
    bytes -= size;
    if (share.events.size === 0) owners.delete(owner);
    const beside = waiting.get(missing)!;
    beside.delete(event.id);
    if (beside.size === 0) waiting.delete(missing);
  }

  /** The oldest of whoever takes most room. */
  function makeRoom(): void {
    let greedy: Share | null = null;
    for (const share of owners.values()) if (greedy === null || share.bytes > greedy.bytes) greedy = share;
    if (greedy === null) return;
    const [oldest] = greedy.events.values();
    drop(oldest!);
  }

  function take(events: Event[]): Event[] {
    for (const event of events) drop(event);
    return events;
  }

  const waitingFor = (id: EventId | null): Event[] => [...(waiting.get(id)?.values() ?? [])];

  return {
    add(event, owner, missing) {
      if (places.has(event.id)) return;
      const share = owners.get(owner) ?? { events: new Map<EventId, Event>(), bytes: 0 };
      owners.set(owner, share);
      share.events.set(event.id, event);
      places.set(event.id, { owner, missing });
      const beside = waiting.get(missing) ?? new Map<EventId, Event>();
      waiting.set(missing, beside.set(event.id, event));
      const size = wireSize(event.wire);
      share.bytes += size;
      bytes += size;
      while (places.size > pendingLimits.events || bytes > pendingLimits.bytes) makeRoom();
    },
    has: (id) => places.has(id),
    size: () => places.size,
    takeFreed: (by) => take(waitingFor(by)),
    takeDue: (latest) => take(waitingFor(null).filter(({ header }) => header.hlc <= latest)),
    waitingFor,
    firstStamp() {
      let first: number | null = null;
      for (const { header } of waiting.get(null)?.values() ?? []) {
        const time = hlcTime(header.hlc);
        if (first === null || time < first) first = time;
      }
      return first;
    },
  };
}
