/** The record `status` (spec/13-presence.md): what somebody says of themselves for a while. */
import { encode } from "./cbor/encode.ts";
import { map, nullOr, readAs, time } from "./cbor/read.ts";
import type { CborMap, CborValue } from "./cbor/value.ts";
import { emoji, line } from "./content/field.ts";
import type { Field } from "./control/field.ts";
import { limits } from "./limits.ts";
import type { Result } from "./result.ts";

export interface StatusValue {
  emoji: string | null;
  text: string | null;
  /** What is shown in its place while the person is not there. */
  away: string | null;
  /** Ms; 0 = no end. */
  until: number;
}

/** Null takes it away. */
export function encodeStatus(status: StatusValue | null): Uint8Array {
  if (status === null) return encode(null);
  const value = new Map<string, CborValue>([["until", status.until]]);
  for (const key of ["emoji", "text", "away"] as const)
    if (status[key] !== null) value.set(key, status[key]);
  return encode(value);
}

export function decodeStatus(bytes: Uint8Array): Result<StatusValue | null> {
  return readAs("status", bytes, (value) =>
    nullOr(value, (item) => {
      const found = map(item);
      return {
        emoji: optional(found, "emoji", emoji),
        text: optional(found, "text", line(limits.statusText)),
        away: optional(found, "away", line(limits.awayText)),
        until: time(found.get("until")),
      };
    }),
  );
}

function optional(found: CborMap, key: string, field: Field<string>): string | null {
  return found.has(key) ? field.read(found.get(key)!) : null;
}
