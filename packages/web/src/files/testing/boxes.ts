/** Films and pictures that are made of boxes, put together by hand as cameras and phones write them. */
import { ascii, place, tiff } from "./pictures.ts";

type Bytes = Uint8Array | number[];

export const u16 = (value: number): number[] => [value >> 8, value & 0xff];
export const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value & 0xffff)];

export function box(type: string, ...content: readonly Bytes[]): number[] {
  const body = content.flatMap((part) => [...part]);
  return [...u32(8 + body.length), ...ascii(type), ...body];
}

const handler = (type: string): number[] =>
  box("hdlr", u32(0), u32(0), ascii(type), u32(0), u32(0), u32(0), [0]);

/** One chunk of as many samples as there are sizes. */
export function track(
  type: string,
  chunk: number,
  sizes: readonly number[],
  ...more: Bytes[]
): number[] {
  const times = [u32(0), u32(3_800_000_000), u32(3_800_000_001), u32(1), u32(0), u32(9)];
  return box(
    "trak",
    box("tkhd", ...times),
    ...more,
    box(
      "mdia",
      box("mdhd", ...times),
      handler(type),
      box(
        "minf",
        box(
          "stbl",
          box("stsc", u32(0), u32(1), u32(1), u32(sizes.length), u32(1)),
          box("stsz", u32(0), u32(0), u32(sizes.length), ...sizes.map(u32)),
          box("stco", u32(0), u32(1), u32(chunk)),
        ),
      ),
    ),
  );
}

export const seen = "what is seen";

/** @param told with places in every corner where phones and cameras leave them */
export function aFilm(told: boolean): Uint8Array<ArrayBuffer> {
  const start = box("ftyp", ascii("qt  "), u32(0));
  const [media, tail] = [ascii(seen), ascii(place)];
  const content = told ? [...media, ...tail] : [...media];
  const at = start.length + 8;
  const moved = track("meta", at + media.length, [4, tail.length - 4]);
  return new Uint8Array([
    ...start,
    ...box("mdat", content),
    ...box(
      "moov",
      box("mvhd", u32(0), u32(told ? 3_800_000_000 : 0), u32(told ? 3_800_000_001 : 0), u32(1)),
      track("vide", at, [media.length], told ? box("udta", ascii(place)) : []),
      ...(told ? [moved, box("udta", box("©xyz", tail)), box("meta", tail)] : []),
    ),
    ...(told ? box("uuid", tail) : []),
  ]);
}

/** A picture that moves (AVIF, HEIC): its tracks are called otherwise than those of films. */
export function aMovingPicture(): Uint8Array<ArrayBuffer> {
  const start = box("ftyp", ascii("avis"), u32(0));
  const media = ascii(seen);
  const at = start.length + 8;
  return new Uint8Array([
    ...start,
    ...box("mdat", media),
    ...box("moov", track("pict", at, [media.length]), track("auxv", at, [media.length])),
  ]);
}

/** HEIC or AVIF, with what a camera said inside and outside of `meta`. */
export function aBoxedPicture(): Uint8Array<ArrayBuffer> {
  const entry = (id: number, type: string, name: string): number[] =>
    box("infe", [2, 0, 0, 0], u16(id), u16(0), ascii(type), ascii(name));
  const exif = [0, 0, 0, 0, ...tiff(1)];
  const text = ascii(`<x:xmpmeta>${place}</x:xmpmeta>`);
  const head = box("ftyp", ascii("heic"), u32(0));
  const build = (from: number): number[] =>
    box(
      "meta",
      u32(0),
      handler("pict"),
      box("pitm", u32(0), u16(1)),
      box(
        "iinf",
        u32(0),
        u16(3),
        entry(1, "hvc1", "\0"),
        entry(2, "Exif", "\0"),
        entry(3, "mime", "\0application/rdf+xml\0"),
      ),
      box(
        "iloc",
        [1, 0, 0, 0, 0x44, 0x00],
        u16(3),
        [...u16(1), ...u16(0), ...u16(0), ...u16(1), ...u32(from), ...u32(seen.length)],
        [
          ...u16(2),
          ...u16(0),
          ...u16(0),
          ...u16(1),
          ...u32(from + seen.length),
          ...u32(exif.length),
        ],
        [...u16(3), ...u16(1), ...u16(0), ...u16(1), ...u32(0), ...u32(text.length)],
      ),
      box("idat", text),
    );
  const from = head.length + build(0).length + 8;
  return new Uint8Array([
    ...head,
    ...build(from),
    ...box("mdat", ascii(seen), exif),
    ...box("mpvd", ascii(`a film of the moment before, ${place}`)),
  ]);
}
