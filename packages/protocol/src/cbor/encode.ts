/** Deterministic CBOR, out (spec/01-encoding.md): one value has exactly one encoding. */
import { writeHex } from "../hex.ts";
import { type CborMap, type CborValue, majorType, simple } from "./value.ts";

const utf8 = new TextEncoder();

/** @throws TypeError for a value outside the subset (negative, fractional, too large): a bug in the caller */
export function encode(value: CborValue): Uint8Array {
  return encodeWith((out) => write(out, value));
}

/** For formats that are written often: their fields one after the other, without the values in between. */
export function encodeWith(fill: (out: Writer) => void): Uint8Array {
  shared.reset();
  fill(shared);
  return shared.take();
}

export class Writer {
  #bytes = new Uint8Array(1024);
  #length = 0;

  reset(): void {
    this.#length = 0;
  }

  take(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  uint(value: number | bigint): void {
    this.#head(majorType.uint, value);
  }

  bytes(value: Uint8Array): void {
    this.#head(majorType.bytes, value.length);
    this.#put(value);
  }

  /** A byte string, given as its hex digits. */
  hex(digits: string): void {
    const length = digits.length >>> 1;
    this.#head(majorType.bytes, length);
    this.#room(length);
    writeHex(digits, this.#bytes, this.#length);
    this.#length += length;
  }

  text(value: string): void {
    if (value.length < 24) {
      // Short and ASCII, as the names of kinds and keys are: one byte for each character.
      this.#room(24);
      const start = this.#length;
      let at = start;
      this.#bytes[at++] = (majorType.text << 5) | value.length;
      let highest = 0;
      for (let i = 0; i < value.length; i++) {
        const code = value.charCodeAt(i);
        highest |= code;
        this.#bytes[at++] = code;
      }
      if (highest < 0x80) {
        this.#length = at;
        return;
      }
    }
    const encoded = utf8.encode(value);
    this.#head(majorType.text, encoded.length);
    this.#put(encoded);
  }

  array(count: number): void {
    this.#head(majorType.array, count);
  }

  map(map: CborMap): void {
    this.#head(majorType.map, map.size);
    for (const [key, value] of map.size > 1 ? ordered(map) : map) {
      this.text(key);
      write(this, value);
    }
  }

  simple(value: number): void {
    this.#room(1);
    this.#bytes[this.#length++] = value;
  }

  #head(major: number, argument: number | bigint): void {
    this.#room(9);
    const high = major << 5;
    if (typeof argument === "bigint") {
      if (argument < 0n || argument > 0xffff_ffff_ffff_ffffn) throw new TypeError("integer out of range");
      this.#argument(high, Number(argument >> 32n), Number(argument & 0xffff_ffffn));
    } else {
      if (!Number.isSafeInteger(argument) || argument < 0) throw new TypeError("not an unsigned integer");
      this.#argument(high, Math.floor(argument / 0x1_0000_0000), argument >>> 0);
    }
  }

  /** The shortest head for `top` × 2^32 + `low`. */
  #argument(high: number, top: number, low: number): void {
    const bytes = this.#bytes;
    if (top > 0) {
      bytes[this.#length++] = high | 27;
      this.#word(top);
      this.#word(low);
    } else if (low < 24) bytes[this.#length++] = high | low;
    else if (low < 0x100) {
      bytes[this.#length++] = high | 24;
      bytes[this.#length++] = low;
    } else if (low < 0x1_0000) {
      bytes[this.#length++] = high | 25;
      bytes[this.#length++] = low >>> 8;
      bytes[this.#length++] = low;
    } else {
      bytes[this.#length++] = high | 26;
      this.#word(low);
    }
  }

  #word(value: number): void {
    const bytes = this.#bytes;
    bytes[this.#length++] = value >>> 24;
    bytes[this.#length++] = value >>> 16;
    bytes[this.#length++] = value >>> 8;
    bytes[this.#length++] = value;
  }

  #put(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #room(extra: number): void {
    if (this.#length + extra <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + extra));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

/** By the order of the encodings: a longer key has the greater head. */
function ordered(map: CborMap): [string, CborValue][] {
  const entries = [...map].map(([key, value]) => ({ key, encoded: utf8.encode(key), value }));
  entries.sort((a, b) => a.encoded.length - b.encoded.length || compareBytes(a.encoded, b.encoded));
  return entries.map(({ key, value }) => [key, value]);
}

/** Encoding never waits and never calls back, so one buffer serves all; it stays as large as the largest frame so far. */
const shared = new Writer();

function write(out: Writer, value: CborValue): void {
  if (typeof value === "number" || typeof value === "bigint") out.uint(value);
  else if (typeof value === "string") out.text(value);
  else if (value === null) out.simple(simple.null);
  else if (typeof value === "boolean") out.simple(value ? simple.true : simple.false);
  else if (value instanceof Uint8Array) out.bytes(value);
  else if (value instanceof Map) out.map(value as CborMap);
  else if (Array.isArray(value)) {
    out.array(value.length);
    for (const item of value) write(out, item as CborValue);
  } else throw new TypeError(`cannot be encoded: ${typeof value}`);
}

/** Bytewise order, shorter first where one is the beginning of the other. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
