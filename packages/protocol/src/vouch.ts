/** The record `vouch` (spec/10-trust.md, Vouches): by which name its author knows somebody. */
import { encode } from "./cbor/encode.ts";
import { map, nullOr, readAs, textOf, time } from "./cbor/read.ts";
import { limits } from "./limits.ts";
import type { Result } from "./result.ts";

export interface VouchValue {
  claim: string;
  /** Ms; 0 = no end. */
  until: number;
}

/** Null withdraws it. */
export function encodeVouch(vouch: VouchValue | null): Uint8Array {
  return encode(vouch === null ? null : new Map<string, string | number>([["claim", vouch.claim], ["until", vouch.until]]));
}

export function decodeVouch(bytes: Uint8Array): Result<VouchValue | null> {
  return readAs("vouch", bytes, (value) =>
    nullOr(value, (item) => {
      const found = map(item);
      return { claim: textOf(found.get("claim"), 1, limits.name), until: time(found.get("until")) };
    }),
  );
}
