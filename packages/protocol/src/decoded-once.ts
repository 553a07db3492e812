/**
 * Decoders that remember: the header of one event is asked for in several places, each of which has only its bytes. What is
 * remembered goes with the bytes. Nobody changes either.
 */
import type { Result } from "./result.ts";

export function decodedOnce<T>(
  decode: (bytes: Uint8Array) => Result<T>,
): (bytes: Uint8Array) => Result<T> {
  const known = new WeakMap<Uint8Array, Result<T>>();
  return (bytes) => {
    let decoded = known.get(bytes);
    if (decoded === undefined) known.set(bytes, (decoded = decode(bytes)));
    return decoded;
  };
}
