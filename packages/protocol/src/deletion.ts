/** The payload of the content kind `delete` (spec/03-events.md, Deleting): which event of the same channel is taken back. */
import { encode } from "./cbor/encode.ts";
import { id, map, readAs } from "./cbor/read.ts";
import { type EventId, idToBytes } from "./ids.ts";
import type { Result } from "./result.ts";

export interface DeletePayload {
  target: EventId;
}

export function encodeDelete({ target }: DeletePayload): Uint8Array {
  return encode(new Map([["target", idToBytes(target)]]));
}

export function decodeDelete(bytes: Uint8Array): Result<DeletePayload> {
  return readAs("delete", bytes, (value) => ({ target: id<EventId>(map(value).get("target")) }));
}
