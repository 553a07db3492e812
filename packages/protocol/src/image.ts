/** What an image is, by its first bytes (spec/10-trust.md, Names). Nothing is decoded here: only the type and the size are read. */
import { type Result, fail, ok } from "./result.ts";

export interface ImageKind {
  type: "image/png" | "image/jpeg" | "image/webp";
  /** Pixels. */
  width: number;
  height: number;
}

const pngStart = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52];
const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

/** The type and size of a PNG, JPEG or WebP image; an error for all else and for what is cut short before its size. */
export function imageKind(bytes: Uint8Array): Result<ImageKind> {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (has(bytes, 0, pngStart)) return ok({ type: "image/png", width: view.getUint32(16), height: view.getUint32(20) });
    if (has(bytes, 0, [0xff, 0xd8])) return jpeg(view);
    if (has(bytes, 0, ascii("RIFF")) && has(bytes, 8, ascii("WEBP"))) return webp(bytes, view);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return fail("an image cut short");
  }
  return fail("neither a PNG nor a JPEG nor a WebP image");
}

function has(bytes: Uint8Array, at: number, wanted: readonly number[]): boolean {
  return wanted.every((byte, i) => bytes[at + i] === byte);
}

/** Segments up to the frame header, which has the size. @throws RangeError beyond the end */
function jpeg(view: DataView): Result<ImageKind> {
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) return fail("a JPEG image without a size");
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xda || marker === 0xd9) return fail("a JPEG image without a size");
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return ok({ type: "image/jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) });
    const length = view.getUint16(at + 2);
    if (length < 2) return fail("a JPEG image without a size");
    at += 2 + length;
  }
}

/** The first chunk has the size, in one of three ways. @throws RangeError beyond the end */
function webp(bytes: Uint8Array, view: DataView): Result<ImageKind> {
  const type = "image/webp";
  const uint24 = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  if (has(bytes, 12, ascii("VP8X"))) return ok({ type, width: uint24(24) + 1, height: uint24(27) + 1 });
  if (has(bytes, 12, ascii("VP8L")) && bytes[20] === 0x2f) {
    const packed = view.getUint32(21, true);
    return ok({ type, width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 });
  }
  if (has(bytes, 12, ascii("VP8 ")) && has(bytes, 23, [0x9d, 0x01, 0x2a])) {
    return ok({ type, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff });
  }
  return fail("a WebP image without a size");
}
