/** Events that were accepted in one call and are not in the store yet. */
import type { ChannelId, DeviceId, EventId } from "@multichat/protocol";
import type { Event } from "../events/event.ts";

export interface Batch {
  readonly events: readonly Event[];
  add(event: Event): void;
  get(id: EventId): Event | undefined;
  has(event: Event): boolean;
  at(channel: ChannelId, device: DeviceId, seq: number): Event[];
}

export function createBatch(): Batch {
  const byId = new Map<EventId, Event>();
  const bySlot = new Map<string, Event[]>();
  const events: Event[] = [];
  return {
    events,
    add(event) {
      const { channel, device, seq } = event.header;
      const slot = `${channel}${device}${seq}`;
      events.push(event);
      byId.set(event.id, event);
      bySlot.set(slot, [...(bySlot.get(slot) ?? []), event]);
    },
    get: (id) => byId.get(id),
    has: ({ id }) => byId.has(id),
    at: (channel, device, seq) => bySlot.get(`${channel}${device}${seq}`) ?? [],
  };
}
