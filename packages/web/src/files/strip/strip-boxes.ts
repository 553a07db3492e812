/**
 * Films (MP4, QuickTime) and pictures (HEIC, AVIF) without what cameras, phones and programs write into them. Nothing is encoded
 * anew and nothing moves: what is left out becomes empty room. Of a large film only what is changed is read.
 */
import { type Box, blank, type Edit, textAt, topBoxes } from "./boxes.ts";
import { stripFilm } from "./film.ts";
import { toldItems } from "./picture-items.ts";

/** What is drawn and played; everything else at the top is told about it, or another file behind the picture. */
const needed: ReadonlySet<string> = new Set(
  "ftyp styp mdat moof mfra sidx ssix pdin wide".split(" "),
);
/** A larger box than this is not read into memory. */
const mostBytes = 64_000_000;

export interface StrippedFile {
  bytes: Blob;
  /** Something was left out. */
  removed: boolean;
  /** Upright: which way up they are is said by what they are drawn from. */
  orientation: 1;
}

/** Null where the file is not made of boxes, or is not understood. */
export async function stripBoxes(file: Blob): Promise<StrippedFile | null> {
  const boxes = await topBoxes(file);
  if (!boxes?.some(({ type }) => type === "moov" || type === "meta")) return null;
  if (await isRaw(file, boxes)) return null;
  try {
    const edits: Edit[] = [];
    for (const box of boxes) {
      const found = await editsOf(file, box, boxes);
      if (!found) return null;
      edits.push(...found);
    }
    return await edited(file, edits);
  } catch (error) {
    // A table that ends before what it promises.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Not a picture yet: a converter needs what the camera said. */
async function isRaw(file: Blob, [first]: readonly Box[]): Promise<boolean> {
  return (
    first?.type === "ftyp" && textAt(await read(file, first.body, first.body + 4), 0, 4) === "crx "
  );
}

async function editsOf(file: Blob, box: Box, boxes: readonly Box[]): Promise<Edit[] | null> {
  if (needed.has(box.type)) return [];
  if (box.end - box.at > mostBytes) return null;
  const bytes = await read(file, box.at, box.end);
  const own = { at: box.at, bytes };
  if (box.type === "moov") {
    const tracks = stripFilm(bytes);
    const inPieces = boxes.some(({ type }) => type === "moof");
    const lies = (at: number, length: number) =>
      boxes.some(({ type, body, end }) => type === "mdat" && at >= body && at + length <= end);
    if (!tracks || (inPieces && tracks.length > 0)) return null;
    if (!tracks.every(({ at, length }) => lies(at, length))) return null;
    // Those that overlap are refused below, but would have to be held before.
    if (tracks.reduce((sum, { length }) => sum + length, 0) > file.size) return null;
    return [own, ...tracks.map(({ at, length }) => ({ at, bytes: new Uint8Array(length) }))];
  }
  const items = box.type === "meta" ? toldItems(bytes) : null;
  if (items) {
    const outside: Edit[] = [];
    for (const { type, at, length, inside } of items) {
      if (at + length > (inside ? bytes.length : file.size)) return null;
      if (inside) bytes.set(nothing(type, length), at);
      else outside.push({ at, bytes: nothing(type, length) });
    }
    return [own, ...outside];
  }
  // It is a picture's, which could not be drawn without it.
  if (box.type === "meta" && !boxes.some(({ type }) => type === "moov")) return null;
  blank(bytes, { at: 0, body: box.body - box.at, end: bytes.length });
  return [own];
}

/** What programs that look for it can read: EXIF that says nothing, or an empty text. */
function nothing(type: string, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  if (type !== "Exif") return bytes.fill(0x20);
  // Behind where it begins (0): little-endian TIFF with no entries.
  if (length >= 18) bytes.set([0x49, 0x49, 42, 0, 8], 4);
  return bytes;
}

async function edited(file: Blob, edits: readonly Edit[]): Promise<StrippedFile> {
  const parts: BlobPart[] = [];
  let [end, removed] = [0, false];
  for (const { at, bytes } of edits.toSorted((a, b) => a.at - b.at)) {
    const before = await read(file, at, at + bytes.length);
    if (at < end || before.length < bytes.length) throw new RangeError("what is left out overlaps");
    if (bytes.every((byte, i) => byte === before[i])) continue;
    removed = true;
    parts.push(file.slice(end, at), bytes);
    end = at + bytes.length;
  }
  return removed
    ? { bytes: new Blob([...parts, file.slice(end)], { type: file.type }), removed, orientation: 1 }
    : { bytes: file, removed, orientation: 1 };
}

async function read(file: Blob, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.slice(from, to).arrayBuffer());
}
