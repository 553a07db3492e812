import { orientationIn, orientationOnly } from "./orientation.ts";
import type { Stripped } from "./strip.ts";

/** Beside the critical ones, which begin with a capital: colours, transparency, size, animation. */
const needed: ReadonlySet<string> = new Set(
  "tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split(" "),
);

/** Leaves out texts, times, EXIF and what is unknown; and what follows the end. */
export function stripPng(bytes: Uint8Array<ArrayBuffer>): Stripped | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array<ArrayBuffer>[] = [bytes.subarray(0, 8)];
  let [removed, orientation] = [false, 1];
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return null;
    const chunk = bytes.subarray(at, end);
    const type = String.fromCodePoint(...chunk.subarray(4, 8));
    if (needed.has(type) || /^[A-Z]/u.test(type)) parts.push(chunk);
    else {
      removed = true;
      if (type === "eXIf") orientation = orientationIn(chunk.subarray(8, -4));
    }
    if (type === "IEND") {
      // Behind IHDR, which comes first.
      if (orientation !== 1) parts.splice(2, 0, chunkOf("eXIf", orientationOnly(orientation)));
      return { parts, removed: removed || end < bytes.length, orientation };
    }
    at = end;
  }
  return null;
}

function chunkOf(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(12 + data.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  chunk.set(new TextEncoder().encode(type), 4);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  return chunk;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
