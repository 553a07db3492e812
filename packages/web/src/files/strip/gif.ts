import type { Stripped } from "./strip.ts";

const [image, extension, trailer] = [0x2c, 0x21, 0x3b];
const [comment, application] = [0xfe, 0xff];
/** How often it is played, and its colours. All else that programs write under a name of theirs is not drawn. */
const needed: ReadonlySet<string> = new Set(["NETSCAPE2.0", "ANIMEXTS1.0", "ICCRGBG1012"]);

/** Leaves out comments, XMP and what is unknown; and what follows the end. */
export function stripGif(bytes: Uint8Array<ArrayBuffer>): Stripped | null {
  let at = 13 + tableBytes(bytes[10]);
  const parts: Uint8Array<ArrayBuffer>[] = [bytes.subarray(0, at)];
  let removed = false;
  while (at < bytes.length) {
    const from = at;
    let keep = true;
    if (bytes[at] === trailer) {
      parts.push(bytes.subarray(at, at + 1));
      return { parts, removed: removed || at + 1 < bytes.length, orientation: 1 };
    } else if (bytes[at] === image) {
      at = endOfBlocks(bytes, at + 11 + tableBytes(bytes[at + 9]));
    } else if (bytes[at] === extension) {
      const label = bytes[at + 1];
      keep = label !== comment && (label !== application || needed.has(nameAt(bytes, at + 3)));
      at = endOfBlocks(bytes, at + 2);
    } else return null;
    if (keep) parts.push(bytes.subarray(from, at));
    else removed = true;
  }
  return null;
}

/** Of the colours that follow, as their flags have it. */
function tableBytes(flags = 0): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** Blocks that each say how long they are, up to an empty one. */
function endOfBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  for (let length = bytes[at]; length; length = bytes[at]) at += 1 + length;
  return at + 1;
}

function nameAt(bytes: Uint8Array, at: number): string {
  return String.fromCodePoint(...bytes.subarray(at, at + 11));
}
