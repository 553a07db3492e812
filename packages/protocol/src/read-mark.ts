/** The record `read` (spec/13-presence.md, Read receipts): how far its author has read a channel or a thread. */
import { encode } from "./cbor/encode.ts";
import { id, nullOr, readAs } from "./cbor/read.ts";
import { type EventId, idToBytes } from "./ids.ts";
import type { Result } from "./result.ts";

/** Null takes it back. */
export function encodeReadMark(message: EventId | null): Uint8Array {
  return encode(message === null ? null : idToBytes(message));
}

export function decodeReadMark(bytes: Uint8Array): Result<EventId | null> {
  return readAs("read", bytes, (value) => nullOr(value, (message) => id<EventId>(message)));
}
