/** The shape that every vector file has. */
import { type CborValue, decode, encode, toHex } from "@multichat/protocol";
import type { Json } from "./json.ts";

/** Input that decoding must refuse. */
export interface Refused {
  format: string;
  why: string;
  /** The input in hex … */
  hex?: string;
  /** … or, where it is long, as pieces of hex with how often each is repeated … */
  repeated?: [hex: string, times: number][];
  /** … or as text, for links. */
  text?: string;
}

export interface Chapter {
  valid: { [section: string]: Json[] };
  invalid: {
    refusedWhenDecoded: Refused[];
    /** Well formed: only signatures and hashes show what is wrong. */
    refusedWhenVerified?: { [field: string]: Json }[];
  };
}

export function refused(format: string, why: string, input: Uint8Array | string): Refused {
  const bytes = typeof input === "string" ? new Uint8Array(Buffer.from(input, "hex")) : input;
  const repeated = bytes.length > 1500 ? runs(bytes) : null;
  return repeated === null ? { format, why, hex: toHex(bytes) } : { format, why, repeated };
}

/** The bytes as what comes before a long repetition, the repetition, and what comes after; null if most do not repeat. */
function runs(bytes: Uint8Array): [hex: string, times: number][] | null {
  let best = { from: 0, unit: 1, times: 0 };
  for (let unit = 1; unit <= 600; unit++) {
    let from = 0;
    for (let at = 0; at <= bytes.length - unit; at++) {
      if (at + unit < bytes.length && bytes[at] === bytes[at + unit]) continue;
      const times = Math.floor((at - from + unit) / unit);
      if (times * unit > best.times * best.unit) best = { from, unit, times };
      from = at + 1;
    }
  }
  const { from, unit, times } = best;
  const to = from + unit * times;
  if (to - from < bytes.length / 2) return null;
  const pieces: [Uint8Array, number][] = [
    [bytes.subarray(0, from), 1],
    [bytes.subarray(from, from + unit), times],
    [bytes.subarray(to), 1],
  ];
  return pieces.filter(([piece]) => piece.length > 0).map(([piece, count]) => [toHex(piece), count]);
}

/** What `decode` makes of `bytes`, free to be changed. */
export function valueOf(bytes: Uint8Array): CborValue {
  const decoded = decode(bytes);
  if (!decoded.ok) throw new Error(decoded.error);
  return decoded.value;
}

/** The encoding of an array with some fields replaced; `undefined` cuts the array before that field. */
export function withFields(bytes: Uint8Array, changes: { [index: number]: CborValue | undefined }): Uint8Array {
  let fields = [...(valueOf(bytes) as readonly CborValue[])];
  for (const [index, value] of Object.entries(changes)) {
    if (value === undefined) fields = fields.slice(0, Number(index));
    else fields[Number(index)] = value;
  }
  return encode(fields);
}
