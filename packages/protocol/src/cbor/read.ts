/**
 * Readers that check a decoded value against its format, one field at a time. They throw FormatError, which
 * `readAs` turns into a result at the border of this package.
 */
import { type Result, fail, ok } from "../result.ts";
import { type AnyId, idFromBytes, idLength } from "../ids.ts";
import { compareBytes } from "./encode.ts";
import { decode } from "./decode.ts";
import { type CborMap, type CborValue, FormatError } from "./value.ts";

/** Decodes `bytes` and reads the value with `read`; whatever does not fit becomes an error that says what. */
export function readAs<T>(what: string, bytes: Uint8Array, read: (value: CborValue) => T): Result<T> {
  const decoded = decode(bytes);
  if (!decoded.ok) return fail(`${what}: ${decoded.error}`);
  try {
    return ok(read(decoded.value));
  } catch (error) {
    if (error instanceof FormatError) return fail(`${what}: ${error.message}`);
    throw error;
  }
}

/** An array of exactly `length` items. */
export function tuple(value: CborValue | undefined, length: number): readonly CborValue[] {
  const items = list(value, length);
  if (items.length !== length) throw new FormatError(`${items.length} fields where ${length} belong`);
  return items;
}

export function list(value: CborValue | undefined, most: number): readonly CborValue[] {
  if (!Array.isArray(value)) throw new FormatError("not an array");
  if (value.length > most) throw new FormatError(`more than ${most} items`);
  return value as readonly CborValue[];
}

export function uint(value: CborValue | undefined, most = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== "number") throw new FormatError("not an unsigned integer in range");
  if (value > most) throw new FormatError(`${value} is above ${most}`);
  return value;
}

/** Milliseconds since 1970, below 2^47. */
export function time(value: CborValue | undefined): number {
  return uint(value, 2 ** 47 - 1);
}

/** An unsigned integer below 2^63. */
export function uint63(value: CborValue | undefined): bigint {
  if (typeof value === "number") return BigInt(value);
  if (typeof value !== "bigint" || value >= 1n << 63n) throw new FormatError("not an integer below 2^63");
  return value;
}

export function flag(value: CborValue | undefined): boolean {
  if (typeof value !== "boolean") throw new FormatError("neither true nor false");
  return value;
}

export function bytesUpTo(value: CborValue | undefined, most: number): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new FormatError("not a byte string");
  if (value.length > most) throw new FormatError(`more than ${most} bytes`);
  return value;
}

export function bytesOf(value: CborValue | undefined, length: number): Uint8Array {
  const bytes = bytesUpTo(value, length);
  if (bytes.length !== length) throw new FormatError(`${bytes.length} bytes where ${length} belong`);
  return bytes;
}

/** `least` and `most` count UTF-16 code units. */
export function textOf(value: CborValue | undefined, least: number, most: number): string {
  if (typeof value !== "string") throw new FormatError("not text");
  if (value.length < least || value.length > most) throw new FormatError(`text of ${value.length} characters`);
  return value;
}

export function id<Id extends AnyId>(value: CborValue | undefined): Id {
  return idFromBytes<Id>(bytesOf(value, idLength));
}

/** Ids in ascending order, none twice. */
export function ids<Id extends AnyId>(value: CborValue | undefined, most: number): Id[] {
  return ascending(list(value, most).map((item) => bytesOf(item, idLength))).map((bytes) => idFromBytes<Id>(bytes));
}

export function ascending(values: Uint8Array[]): Uint8Array[] {
  for (let i = 1; i < values.length; i++) {
    if (compareBytes(values[i - 1]!, values[i]!) >= 0) throw new FormatError("not in ascending order");
  }
  return values;
}

export function map(value: CborValue | undefined): CborMap {
  if (!(value instanceof Map)) throw new FormatError("not a map");
  return value as CborMap;
}

/** A map with exactly these keys. */
export function mapOf(value: CborValue | undefined, keys: readonly string[]): CborMap {
  const found = map(value);
  for (const key of keys) if (!found.has(key)) throw new FormatError(`"${key}" is missing`);
  if (found.size !== keys.length) throw new FormatError("a key that does not belong here");
  return found;
}

export function nullOr<T>(value: CborValue | undefined, read: (value: CborValue) => T): T | null {
  return value === null || value === undefined ? null : read(value);
}
