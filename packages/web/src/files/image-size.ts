/** What a picture is and how large it unfolds, from its first bytes: nothing is decoded before that is known. */

export interface ImageSize {
  type: "image/png" | "image/jpeg" | "image/webp" | "image/gif" | "image/avif";
  /** Pixels, before it is turned. */
  width: number;
  height: number;
}

/** Of a JPEG, behind a colour profile and what cameras write; of all others much less. */
export const headBytes = 262_144;

/** Null where it is no picture that browsers draw, or not a whole one. */
export function imageSize(bytes: Uint8Array): ImageSize | null {
  const found = png(bytes) ?? gif(bytes) ?? webp(bytes) ?? jpeg(bytes) ?? avif(bytes);
  return found && found.width > 0 && found.height > 0 ? found : null;
}

function text(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

const viewOf = (bytes: Uint8Array) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function png(bytes: Uint8Array): ImageSize | null {
  if (
    bytes.length < 24 ||
    text(bytes, 0, 8) !== "\u0089PNG\r\n\u001a\n" ||
    text(bytes, 12, 4) !== "IHDR"
  )
    return null;
  const view = viewOf(bytes);
  return { type: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
}

function gif(bytes: Uint8Array): ImageSize | null {
  if (bytes.length < 10 || !/^GIF8[79]a$/u.test(text(bytes, 0, 6))) return null;
  const view = viewOf(bytes);
  return { type: "image/gif", width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

function webp(bytes: Uint8Array): ImageSize | null {
  if (bytes.length < 30 || text(bytes, 0, 4) !== "RIFF" || text(bytes, 8, 4) !== "WEBP")
    return null;
  const view = viewOf(bytes);
  const small = (at: number) => view.getUint16(at, true);
  const type = "image/webp";
  switch (text(bytes, 12, 4)) {
    case "VP8X":
      return {
        type,
        width: 1 + small(24) + (bytes[26]! << 16),
        height: 1 + small(27) + (bytes[29]! << 16),
      };
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return { type, width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    case "VP8 ":
      return { type, width: small(26) & 0x3fff, height: small(28) & 0x3fff };
    default:
      return null;
  }
}

/** SOF0–SOF15, less DHT, JPG and DAC. */
export function isFrameStart(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function jpeg(bytes: Uint8Array): ImageSize | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const view = viewOf(bytes);
  for (let at = 2; at + 9 <= bytes.length;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) at++;
    else if (isFrameStart(marker))
      return { type: "image/jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** The largest of the images that its boxes speak of. */
function avif(bytes: Uint8Array): ImageSize | null {
  if (bytes.length < 16 || text(bytes, 4, 4) !== "ftyp" || !/^avi[fs]$/u.test(text(bytes, 8, 4)))
    return null;
  const view = viewOf(bytes);
  let [width, height] = [0, 0];
  for (let at = 16; at + 16 <= bytes.length; at++) {
    if (bytes[at] !== 0x69 || text(bytes, at, 4) !== "ispe") continue;
    width = Math.max(width, view.getUint32(at + 8));
    height = Math.max(height, view.getUint32(at + 12));
  }
  return { type: "image/avif", width, height };
}
