/** The boxes of which MP4, QuickTime, HEIC and AVIF files are made (ISO/IEC 14496-12), and what can be made of them in place. */

export interface Box {
  type: string;
  /** Where it begins, its content begins, and it ends. */
  at: number;
  body: number;
  end: number;
}

/** What a file is to hold at a place, instead. */
export interface Edit {
  at: number;
  bytes: Uint8Array<ArrayBuffer>;
}

const longestHeader = 16;
/** Ten hours in pieces of a second have less; each is a read of its own. */
const mostBoxes = 100_000;

/** Of a whole file, of which only their headers are read. Null: it is not made of boxes, or of too many, or is cut off. */
export async function topBoxes(file: Blob): Promise<Box[] | null> {
  const boxes: Box[] = [];
  for (let at = 0; at < file.size;) {
    const head = new Uint8Array(await file.slice(at, at + longestHeader).arrayBuffer());
    const box = boxAt(head, 0, file.size - at);
    if (!box) return null;
    if (boxes.push({ ...box, at, body: at + box.body, end: at + box.end }) > mostBoxes) return null;
    at += box.end;
  }
  return boxes;
}

export function boxesIn(bytes: Uint8Array, from: number, to: number): Box[] | null {
  const boxes: Box[] = [];
  for (let at = from; at < to;) {
    const box = boxAt(bytes, at, to);
    if (!box) return null;
    boxes.push(box);
    at = box.end;
  }
  return boxes;
}

/** @param to where what it is in ends */
function boxAt(bytes: Uint8Array, at: number, to: number): Box | null {
  if (at + 8 > bytes.length) return null;
  const view = viewOf(bytes);
  const short = view.getUint32(at);
  if (short === 1 && at + longestHeader > bytes.length) return null;
  const size = short === 1 ? Number(view.getBigUint64(at + 8)) : short === 0 ? to - at : short;
  const body = at + (short === 1 ? longestHeader : 8);
  const end = at + size;
  return end < body || end > to ? null : { type: textAt(bytes, at + 4, 4), at, body, end };
}

/** The box stays as long as it is, so that everything behind it keeps its place; players pass over it. */
export function blank(
  bytes: Uint8Array,
  { at, body, end }: Pick<Box, "at" | "body" | "end">,
): void {
  bytes.set([0x66, 0x72, 0x65, 0x65], at + 4); // "free"
  bytes.fill(0, body, end);
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
