/** Lowercase hexadecimal, without a runtime's help: this package runs in browsers too. */
const digits = new TextEncoder().encode("0123456789abcdef");
const ascii = new TextDecoder();
/** Holds the digits of an id; what has another length gets a buffer of its own. */
const idDigits = new Uint8Array(64);

/** Value of each ASCII digit, −1 for every other character. */
const values = new Int8Array(256).fill(-1);
digits.forEach((code, value) => (values[code] = value));

/** Ids are turned into text often, mostly to be Map keys: decoding a flat buffer gives strings that hash fast. */
export function toHex(bytes: Uint8Array): string {
  const out = bytes.length === 32 ? idDigits : new Uint8Array(2 * bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    out[2 * i] = digits[byte >>> 4]!;
    out[2 * i + 1] = digits[byte & 15]!;
  }
  return ascii.decode(out);
}

/** @throws RangeError if `text` is not an even number of lowercase hex digits */
export function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length >>> 1);
  writeHex(text, bytes, 0);
  return bytes;
}

/** Writes the bytes that `text` names into `target` at `at`; the caller has made room. @throws RangeError as `fromHex` */
export function writeHex(text: string, target: Uint8Array, at: number): void {
  if (text.length % 2 !== 0) throw new RangeError("hex text has an odd length");
  let signs = 0;
  for (let i = 0; i < text.length; i += 2) {
    const high = values[text.charCodeAt(i)] ?? -1;
    const low = values[text.charCodeAt(i + 1)] ?? -1;
    signs |= high | low;
    target[at + (i >>> 1)] = (high << 4) | low;
  }
  if (signs < 0) throw new RangeError("not a hex digit");
}
