/** Where events of a space have their place: a channel, a device's feed there, and a number in it. */
import { type ChannelId, type DeviceId, type SpaceId, isControl, zeroId } from "@multichat/protocol";
import type { Event } from "../events/event.ts";
import type { StoredEvent } from "../ports/index.ts";

export interface Place {
  channel: ChannelId;
  device: DeviceId;
  seq: number;
}

/** The genesis names no space; its place is the first of the control log it begins. */
export function placeIn(space: SpaceId, { header: { channel, device, seq } }: Event): Place {
  return { channel: channel === zeroId ? space : channel, device, seq };
}

export function isControlIn(space: SpaceId, event: Event): boolean {
  return event.id === space || isControl(event.header);
}

/** As the store keeps it. */
export function asStored(space: SpaceId, event: Event): StoredEvent {
  const { channel, device, seq } = placeIn(space, event);
  const { hlc, kind } = event.header;
  return { id: event.id, space, channel, device, seq, hlc, kind, ...event.wire };
}
