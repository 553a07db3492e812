/** Events to fill a store with. They need not be well-formed: a store looks at none of their bytes. */
import type { Annotation, SearchEntry, StoredEvent, TimelineEntry } from "@multichat/core/ports";
import type { AccountId, ChannelId, DeviceId, EventId, SpaceId } from "@multichat/protocol";

/** An id whose order among others is that of its number. */
export function idOf<Id extends EventId | AccountId | DeviceId>(number: number): Id {
  return number.toString(16).padStart(64, "0") as Id;
}

export const space = idOf<SpaceId>(0x5_0001);
export const otherSpace = idOf<SpaceId>(0x5_0002);
export const channel = idOf<ChannelId>(0xc_0001);
export const otherChannel = idOf<ChannelId>(0xc_0002);
/** Of `otherSpace`. */
export const foreignChannel = idOf<ChannelId>(0xc_0003);
/** Names no channel. */
export const thread = idOf<ChannelId>(0xc_0004);
export const alice = idOf<DeviceId>(0xd_0001);
export const bob = idOf<DeviceId>(0xd_0002);

export const carol = idOf<AccountId>(0xa_0001);
export const dave = idOf<AccountId>(0xa_0002);

export const bytesOf = (...values: number[]): Uint8Array => Uint8Array.from(values);

export function makeEvent(number: number, fields: Partial<StoredEvent> = {}): StoredEvent {
  return {
    id: idOf(number),
    space,
    channel,
    device: alice,
    seq: number,
    hlc: BigInt(number) << 16n,
    kind: "message",
    header: bytesOf(0x8f, number & 0xff, number >> 8),
    signature: new Uint8Array(64).fill(number),
    salt: new Uint8Array(16).fill(number),
    payload: bytesOf(0xa1, number & 0xff),
    ...fields,
  };
}

export const makeEvents = (
  from: number,
  to: number,
  fields: Partial<StoredEvent> = {},
): StoredEvent[] => Array.from({ length: to - from + 1 }, (_, i) => makeEvent(from + i, fields));

export function entryOf(event: StoredEvent, fields: Partial<TimelineEntry> = {}): TimelineEntry {
  return {
    channel: event.channel,
    time: event.hlc,
    id: event.id,
    unread: false,
    late: false,
    ...fields,
  };
}

export function searchEntryOf(
  event: StoredEvent,
  text: string,
  fields: Partial<SearchEntry> = {},
): SearchEntry {
  const { id, channel, hlc } = event;
  return { event: id, channel, author: carol, time: hlc, text, hasFile: false, ...fields };
}

export function annotationOf(
  event: StoredEvent,
  target: EventId,
  fields: Partial<Annotation> = {},
): Annotation {
  return {
    target,
    kind: "reaction",
    slot: "",
    author: carol,
    shared: false,
    sort: "",
    event: event.id,
    hlc: event.hlc,
    ...fields,
  };
}
