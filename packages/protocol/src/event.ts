/** An event as it travels (spec/03-events.md): header bytes and signature, with salt and payload unless they are not held. */
import { bytesOf, bytesUpTo, list, readAs } from "./cbor/read.ts";
import { type CborValue, FormatError } from "./cbor/value.ts";
import { limits } from "./limits.ts";
import type { Result } from "./result.ts";

export interface WireEvent {
  header: Uint8Array;
  signature: Uint8Array;
  /** Both null, or neither. */
  salt: Uint8Array | null;
  payload: Uint8Array | null;
}

export function eventValue(event: WireEvent): CborValue {
  if (event.salt === null || event.payload === null) return [event.header, event.signature];
  return [event.header, event.signature, event.salt, event.payload];
}

/** For use inside other formats. @throws FormatError */
export function readEvent(value: CborValue | undefined): WireEvent {
  const fields = list(value, 4);
  if (fields.length !== 2 && fields.length !== 4) throw new FormatError("an event of 2 or 4 fields");
  const header = bytesUpTo(fields[0], limits.header);
  const signature = bytesOf(fields[1], 64);
  if (fields.length === 2) return { header, signature, salt: null, payload: null };
  return { header, signature, salt: bytesOf(fields[2], 16), payload: bytesUpTo(fields[3], limits.payload) };
}

export function decodeEvent(bytes: Uint8Array): Result<WireEvent> {
  return readAs("event", bytes, readEvent);
}
