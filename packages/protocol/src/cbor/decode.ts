/**
 * Deterministic CBOR, in (spec/01-encoding.md). Accepts exactly what `encode` can write: whatever has another, shorter or
 * differently ordered encoding is refused here, so `encode(decode(bytes))` always equals `bytes`.
 */
import { type Result, fail, ok } from "../result.ts";
import { compareBytes } from "./encode.ts";
import { type CborValue, FormatError, majorType, maxDepth, simple } from "./value.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** One value and nothing after it. Byte strings are views into `bytes`. */
export function decode(bytes: Uint8Array): Result<CborValue> {
  try {
    const reader = new Reader(bytes);
    const value = reader.value(0);
    if (reader.at !== bytes.length) return fail("bytes after the value");
    return ok(value);
  } catch (error) {
    if (error instanceof FormatError) return fail(error.message);
    throw error;
  }
}

class Reader {
  at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  value(depth: number): CborValue {
    if (depth > maxDepth) throw new FormatError("nested too deeply");
    const start = this.#byte();
    const major = start >>> 5;
    switch (major) {
      case majorType.uint:
        return this.#argument(start);
      case majorType.bytes:
        return this.#take(this.#length(start));
      case majorType.text:
        return this.#text(this.#length(start));
      case majorType.array: {
        const items: CborValue[] = [];
        for (let left = this.#count(start); left > 0; left--) items.push(this.value(depth + 1));
        return items;
      }
      case majorType.map:
        return this.#map(this.#count(start), depth);
      default:
        if (start === simple.null) return null;
        if (start === simple.true) return true;
        if (start === simple.false) return false;
        throw new FormatError("a type outside the subset");
    }
  }

  #map(count: number, depth: number): CborValue {
    const map = new Map<string, CborValue>();
    let previous: Uint8Array | null = null;
    for (let left = count; left > 0; left--) {
      const from = this.at;
      const start = this.#byte();
      if (start >>> 5 !== majorType.text) throw new FormatError("a map key that is not text");
      const key = this.#text(this.#length(start));
      const encoded = this.#bytes.subarray(from, this.at);
      if (previous !== null && compareBytes(previous, encoded) >= 0) throw new FormatError("map keys out of order");
      previous = encoded;
      map.set(key, this.value(depth + 1));
    }
    return map;
  }

  #argument(start: number): number | bigint {
    const info = start & 0x1f;
    if (info < 24) return info;
    if (info === 24) return this.#shortest(this.#byte(), 24);
    if (info === 25) return this.#shortest(this.#byte() * 0x100 + this.#byte(), 0x100);
    if (info === 26) return this.#shortest(this.#word(), 0x1_0000);
    if (info !== 27) throw new FormatError("a length outside the subset");
    const high = this.#word();
    const low = this.#word();
    if (high === 0) throw new FormatError("an integer not in its shortest form");
    if (high < 0x20_0000) return high * 0x1_0000_0000 + low;
    return (BigInt(high) << 32n) | BigInt(low);
  }

  #shortest(value: number, least: number): number {
    if (value < least) throw new FormatError("an integer not in its shortest form");
    return value;
  }

  #length(start: number): number {
    const length = this.#argument(start);
    if (typeof length === "bigint" || length > this.#bytes.length - this.at) throw new FormatError("cut short");
    return length;
  }

  /** Of items, each at least one byte long: a count beyond the input is refused before anything is allocated. */
  #count(start: number): number {
    return this.#length(start);
  }

  #text(length: number): string {
    if (length < 24) {
      const short = this.#ascii(length);
      if (short !== null) return short;
    }
    const bytes = this.#take(length);
    try {
      return utf8.decode(bytes);
    } catch {
      throw new FormatError("text that is not UTF-8");
    }
  }

  /** Names of kinds and keys are short and ASCII, and worth a shorter way; null for anything else. */
  #ascii(length: number): string | null {
    let text = "";
    for (let i = this.at; i < this.at + length; i++) {
      const byte = this.#bytes[i]!;
      if (byte >= 0x80) return null;
      text += String.fromCharCode(byte);
    }
    this.at += length;
    return text;
  }

  #take(length: number): Uint8Array {
    const bytes = this.#bytes.subarray(this.at, this.at + length);
    this.at += length;
    return bytes;
  }

  #byte(): number {
    const byte = this.#bytes[this.at];
    if (byte === undefined) throw new FormatError("cut short");
    this.at++;
    return byte;
  }

  #word(): number {
    return this.#byte() * 0x100_0000 + (this.#byte() << 16) + (this.#byte() << 8) + this.#byte();
  }
}
