/** Deterministic CBOR, out (spec/01-encoding.md): one value has exactly one encoding. */
import { type CborMap, type CborValue, majorType, simple } from "./value.ts";

const text = new TextEncoder();

/** @throws TypeError for a value outside the subset (negative, fractional, too large): a bug in the caller */
export function encode(value: CborValue): Uint8Array {
  const out = new Writer();
  write(out, value);
  return out.take();
}

class Writer {
  #bytes = new Uint8Array(256);
  #length = 0;

  room(extra: number): void {
    if (this.#length + extra <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + extra));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }

  byte(value: number): void {
    this.room(1);
    this.#bytes[this.#length++] = value;
  }

  put(bytes: Uint8Array): void {
    this.room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  take(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

function write(out: Writer, value: CborValue): void {
  if (typeof value === "number" || typeof value === "bigint") head(out, majorType.uint, value);
  else if (typeof value === "string") {
    const bytes = text.encode(value);
    head(out, majorType.text, bytes.length);
    out.put(bytes);
  } else if (value === null) out.byte(simple.null);
  else if (typeof value === "boolean") out.byte(value ? simple.true : simple.false);
  else if (value instanceof Uint8Array) {
    head(out, majorType.bytes, value.length);
    out.put(value);
  } else if (value instanceof Map) writeMap(out, value as CborMap);
  else if (Array.isArray(value)) {
    head(out, majorType.array, value.length);
    for (const item of value) write(out, item as CborValue);
  } else throw new TypeError(`cannot be encoded: ${typeof value}`);
}

function writeMap(out: Writer, map: CborMap): void {
  head(out, majorType.map, map.size);
  const entries = [...map].map(([key, value]) => ({ key: encode(key), value }));
  entries.sort((a, b) => compareBytes(a.key, b.key));
  for (const { key, value } of entries) {
    out.put(key);
    write(out, value);
  }
}

function head(out: Writer, major: number, argument: number | bigint): void {
  const high = major << 5;
  if (typeof argument === "bigint") {
    if (argument < 0n || argument > 0xffff_ffff_ffff_ffffn) throw new TypeError("integer out of range");
    if (argument <= Number.MAX_SAFE_INTEGER) return head(out, major, Number(argument));
    out.byte(high | 27);
    for (let shift = 56n; shift >= 0n; shift -= 8n) out.byte(Number((argument >> shift) & 0xffn));
    return;
  }
  if (!Number.isSafeInteger(argument) || argument < 0) throw new TypeError("not an unsigned integer");
  if (argument < 24) out.byte(high | argument);
  else if (argument < 0x100) {
    out.byte(high | 24);
    out.byte(argument);
  } else if (argument < 0x1_0000) {
    out.byte(high | 25);
    out.byte(argument >>> 8);
    out.byte(argument & 0xff);
  } else if (argument < 0x1_0000_0000) {
    out.byte(high | 26);
    word(out, argument);
  } else {
    out.byte(high | 27);
    word(out, Math.floor(argument / 0x1_0000_0000));
    word(out, argument >>> 0);
  }
}

function word(out: Writer, value: number): void {
  out.byte(value >>> 24);
  out.byte((value >>> 16) & 0xff);
  out.byte((value >>> 8) & 0xff);
  out.byte(value & 0xff);
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
