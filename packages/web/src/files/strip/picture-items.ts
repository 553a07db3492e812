/** HEIC and AVIF keep what a camera wrote as items beside the picture's own (ISO/IEC 23008-12). This finds where those lie. */
import { type Box, boxesIn, textAt, viewOf } from "./boxes.ts";

/** EXIF; XMP and other texts; what other programs name themselves. */
const told: ReadonlySet<string> = new Set(["Exif", "mime", "uri "]);

export interface Item {
  type: string;
  /** In the file; of `meta` itself where `inside`. */
  at: number;
  length: number;
  inside: boolean;
}

/** @param meta the box with its header. Null: it is not of a picture, or not understood */
export function toldItems(meta: Uint8Array): Item[] | null {
  const [box] = boxesIn(meta, 0, meta.length) ?? [];
  const children = (box && boxesIn(meta, box.body + 4, box.end)) ?? [];
  const find = (name: string) => children.find(({ type }) => type === name);
  const [handler, infos, places, data] = ["hdlr", "iinf", "iloc", "idat"].map(find);
  if (!handler || textAt(meta, handler.body + 8, 4) !== "pict" || !infos || !places) return null;
  const types = typesIn(meta, infos);
  return types && itemsIn(meta, places, types, data?.body);
}

/** By the item's number. */
function typesIn(meta: Uint8Array, { body, end }: Box): Map<number, string> | null {
  const entries = boxesIn(meta, body + (meta[body] === 0 ? 6 : 8), end);
  if (!entries) return null;
  const view = viewOf(meta);
  const types = new Map<number, string>();
  for (const { body: at } of entries) {
    const version = meta[at]!;
    // Older ones do not say of what kind they are.
    if (version < 2) return null;
    const isLong = version > 2;
    types.set(
      isLong ? view.getUint32(at + 4) : view.getUint16(at + 4),
      textAt(meta, at + (isLong ? 10 : 8), 4),
    );
  }
  return types;
}

function itemsIn(
  meta: Uint8Array,
  { body }: Box,
  types: ReadonlyMap<number, string>,
  data: number | undefined,
): Item[] | null {
  const view = viewOf(meta);
  const version = meta[body]!;
  const [offsets, lengths] = [meta[body + 4]! >> 4, meta[body + 4]! & 15];
  const [bases, indexes] = [meta[body + 5]! >> 4, version > 0 ? meta[body + 5]! & 15 : 0];
  let at = body + 6;
  const number = (size: number): number => {
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + view.getUint8(at++);
    return value;
  };
  const items: Item[] = [];
  for (let left = number(version < 2 ? 2 : 4); left > 0; left--) {
    const type = types.get(number(version < 2 ? 2 : 4)) ?? "";
    const way = version > 0 ? number(2) & 15 : 0;
    const elsewhere = number(2) !== 0;
    const base = number(bases);
    const extents = number(2);
    if (!told.has(type)) {
      at += extents * (indexes + offsets + lengths);
      continue;
    }
    for (let extent = 0; extent < extents; extent++) {
      number(indexes);
      const from = base + number(offsets);
      const length = number(lengths);
      if (elsewhere || way > 1 || (way === 1 && data === undefined) || length === 0) return null;
      items.push({ type, at: way === 1 ? data! + from : from, length, inside: way === 1 });
    }
  }
  return items;
}
