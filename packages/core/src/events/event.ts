/** Events as the program holds them (spec/03-events.md): made and signed here, or opened from the wire and checked. */
import {
  type EventId,
  type Header,
  type Result,
  type WireEvent,
  concat,
  decodeHeader,
  encodeHeader,
  fail,
  idFromBytes,
  idToBytes,
  labels,
  ok,
} from "@multichat/protocol";
import type { Crypto, Random } from "../ports/index.ts";

export interface Event {
  id: EventId;
  header: Header;
  wire: WireEvent;
}

export type HeaderDraft = Omit<Header, "payloadLength" | "payloadHash" | "ext"> & Partial<Pick<Header, "ext">>;

/** Signs a new event of this device. `seed` is the device key's. */
export function signEvent(
  crypto: Crypto,
  random: Random,
  seed: Uint8Array,
  draft: HeaderDraft,
  payload: Uint8Array,
): Event {
  const salt = random.bytes(16);
  const header: Header = {
    ext: new Map(),
    ...draft,
    payloadLength: payload.length,
    payloadHash: crypto.sha256(labels.payload, salt, payload),
  };
  const bytes = encodeHeader(header);
  const signature = crypto.sign(seed, concat(labels.event, bytes));
  return { id: eventId(crypto, bytes), header, wire: { header: bytes, signature, salt, payload } };
}

export function eventId(crypto: Crypto, header: Uint8Array): EventId {
  return idFromBytes<EventId>(crypto.sha256(labels.event, header));
}

/** Shape, id and payload hash; not yet the signature, so that known events cost no verification. */
export function openEvent(crypto: Crypto, wire: WireEvent): Result<Event> {
  const header = decodeHeader(wire.header);
  if (!header.ok) return header;
  if (wire.payload !== null && wire.salt !== null) {
    if (wire.payload.length !== header.value.payloadLength) return fail("payload: not the length the header says");
    const hash = crypto.sha256(labels.payload, wire.salt, wire.payload);
    if (!sameBytes(hash, header.value.payloadHash)) return fail("payload: not the one the header says");
  }
  return ok({ id: eventId(crypto, wire.header), header: header.value, wire });
}

export function verifyEvent(crypto: Crypto, event: Event): boolean {
  return crypto.verify(idToBytes(event.header.device), concat(labels.event, event.wire.header), event.wire.signature);
}

/** Bytes this event takes in a frame, roughly. */
export function wireSize(wire: WireEvent): number {
  return wire.header.length + 64 + 16 + (wire.payload?.length ?? 0) + 16;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
