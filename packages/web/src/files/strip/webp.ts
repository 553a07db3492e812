import { orientationIn, orientationOnly } from "./orientation.ts";
import type { Stripped } from "./strip.ts";

const needed: ReadonlySet<string> = new Set([
  "VP8 ",
  "VP8L",
  "VP8X",
  "ALPH",
  "ANIM",
  "ANMF",
  "ICCP",
]);
/** Of VP8X: what follows. */
const [hasExif, hasXmp] = [0x08, 0x04];

/** Leaves out EXIF, XMP and what is unknown. */
export function stripWebp(bytes: Uint8Array<ArrayBuffer>): Stripped | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = 8 + view.getUint32(4, true);
  if (end > bytes.length) return null;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let [removed, orientation] = [end < bytes.length, 1];
  for (let at = 12; at + 8 <= end;) {
    const length = view.getUint32(at + 4, true);
    const next = at + 8 + length + (length & 1);
    if (next > end) return null;
    const type = String.fromCodePoint(...bytes.subarray(at, at + 4));
    if (needed.has(type)) chunks.push(bytes.slice(at, next));
    else {
      removed = true;
      if (type === "EXIF")
        orientation = orientationIn(tiffOf(bytes.subarray(at + 8, at + 8 + length)));
    }
    at = next;
  }
  const [first] = chunks;
  if (first === undefined) return null;
  const isExtended = first[3] === 0x58;
  if (isExtended) first[8] = (first[8]! & ~(hasExif | hasXmp)) | (orientation === 1 ? 0 : hasExif);
  else orientation = 1;
  if (orientation !== 1) chunks.push(chunkOf("EXIF", orientationOnly(orientation)));
  const head = bytes.slice(0, 12);
  new DataView(head.buffer).setUint32(
    4,
    4 + chunks.reduce((sum, { length }) => sum + length, 0),
    true,
  );
  return { parts: [head, ...chunks], removed, orientation };
}

/** Some programs write what stands before it in a JPEG. */
function tiffOf(block: Uint8Array): Uint8Array {
  return String.fromCodePoint(...block.subarray(0, 4)) === "Exif" ? block.subarray(6) : block;
}

function chunkOf(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(8 + data.length + (data.length & 1));
  chunk.set(new TextEncoder().encode(type));
  new DataView(chunk.buffer).setUint32(4, data.length, true);
  chunk.set(data, 8);
  return chunk;
}
