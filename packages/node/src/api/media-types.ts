/**
 * As what a file may be shown in the page (spec/local-api.md, Files). Only what browsers draw or play without running anything in it:
 * no HTML, no SVG, no PDF. All else is for saving.
 */
const shown: ReadonlySet<string> = new Set([
  "image/png",
  "image/jpeg",
  "image/webp",
  "image/gif",
  "image/avif",
  "video/mp4",
  "video/webm",
  "audio/mpeg",
  "audio/mp4",
  "audio/ogg",
  "audio/wav",
  "audio/webm",
]);

export const savedType = "application/octet-stream";

export function shownType(type: string): string | null {
  return shown.has(type) ? type : null;
}

/** A thumbnail has no name and no type: what it is stands in its first bytes. */
export function pictureType(bytes: Uint8Array): string | null {
  const starts = (at: number, ...expected: number[]): boolean =>
    expected.every((byte, i) => bytes[at + i] === byte);
  if (starts(0, 0x89, 0x50, 0x4e, 0x47)) return "image/png";
  if (starts(0, 0xff, 0xd8, 0xff)) return "image/jpeg";
  if (starts(0, 0x52, 0x49, 0x46, 0x46) && starts(8, 0x57, 0x45, 0x42, 0x50)) return "image/webp";
  return null;
}
