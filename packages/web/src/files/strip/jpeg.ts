import { orientationIn, orientationOnly } from "./orientation.ts";
import type { Stripped } from "./strip.ts";

const [startOfScan, endOfImage, comment, app0, app1, app2, app14, app15] = [
  0xda, 0xd9, 0xfe, 0xe0, 0xe1, 0xe2, 0xee, 0xef,
];

/** With marker and length. What is behind is a small picture. */
const jfifBytes = 18;

/** Keeps what the colours need (JFIF, colour profile, Adobe's transform); what follows the picture's end goes too. */
export function stripJpeg(bytes: Uint8Array<ArrayBuffer>): Stripped | null {
  const parts: Uint8Array<ArrayBuffer>[] = [bytes.subarray(0, 2)];
  let [removed, orientation] = [false, 1];
  let at = 2;
  while (at + 4 <= bytes.length || bytes[at + 1] === endOfImage) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === endOfImage) {
      parts.push(bytes.subarray(at, at + 2));
      if (orientation !== 1) parts.splice(1, 0, exif(orientation));
      return { parts, removed: removed || at + 2 < bytes.length, orientation };
    }
    let end = at + 2 + (bytes[at + 2]! << 8) + bytes[at + 3]!;
    if (end > bytes.length) return null;
    if (marker === startOfScan) end = endOfScan(bytes, end);
    const segment = bytes.subarray(at, end);
    if (marker === app0 && begins(segment, "JFIF\0") && segment.length > jfifBytes) {
      removed = true;
      parts.push(withoutThumb(segment));
    } else if (isNeeded(marker, segment)) parts.push(segment);
    else {
      removed = true;
      if (marker === app1 && begins(segment, "Exif\0\0"))
        orientation = orientationIn(segment.subarray(10));
    }
    at = end;
  }
  return null;
}

function isNeeded(marker: number, segment: Uint8Array): boolean {
  if (marker === comment) return false;
  if (marker < app0 || marker > app15) return true;
  if (marker === app0) return begins(segment, "JFIF\0");
  if (marker === app2) return begins(segment, "ICC_PROFILE\0");
  return marker === app14 && begins(segment, "Adobe");
}

function begins(segment: Uint8Array, text: string): boolean {
  return String.fromCodePoint(...segment.subarray(4, 4 + text.length)) === text;
}

function withoutThumb(jfif: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = jfif.slice(0, jfifBytes);
  bytes.set([0, jfifBytes - 2], 2);
  bytes.set([0, 0], jfifBytes - 2);
  return bytes;
}

/** Where the coded picture ends: at a marker that is neither a stuffed FF nor one for starting again. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1];
    if (marker !== undefined && marker !== 0 && marker !== 0xff && (marker < 0xd0 || marker > 0xd7))
      return at;
  }
  return bytes.length;
}

function exif(orientation: number): Uint8Array<ArrayBuffer> {
  const block = orientationOnly(orientation);
  const length = 8 + block.length;
  return new Uint8Array([
    0xff,
    app1,
    length >> 8,
    length & 0xff,
    ...new TextEncoder().encode("Exif\0\0"),
    ...block,
  ]);
}
