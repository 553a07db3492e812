/** The value of an `own` record (spec/09-devices.md, Own data). */
import { encode } from "./cbor/encode.ts";
import { nullOr, readAs, textOf, tuple } from "./cbor/read.ts";
import { FormatError } from "./cbor/value.ts";
import { limits } from "./limits.ts";
import type { Result } from "./result.ts";

export interface OwnValue {
  /** `kind/rest` */
  key: string;
  /** Null: the key was taken away. */
  value: string | null;
}

export const ownKeyForm = /^[a-z][a-z-]{0,30}\/[\x21-\x7e]{1,200}$/;

export function encodeOwnValue({ key, value }: OwnValue): Uint8Array {
  return encode([key, value]);
}

export function decodeOwnValue(bytes: Uint8Array): Result<OwnValue> {
  return readAs("own data", bytes, (read) => {
    const [key, value] = tuple(read, 2);
    const named = textOf(key, 1, 256);
    if (!ownKeyForm.test(named)) throw new FormatError("not a key of own data");
    return { key: named, value: nullOr(value ?? null, (given) => textOf(given, 0, limits.ownValue)) };
  });
}
