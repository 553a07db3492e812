/** Pictures as cameras write them, put together by hand: with a place, a comment and what follows their end. */

export const ascii = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const joined = (...parts: readonly (Uint8Array | number[])[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(parts.flatMap((part) => [...part]));
const u16 = (value: number): number[] => [value >> 8, value & 0xff];
const u32 = (value: number): number[] => [
  value >>> 24,
  (value >>> 16) & 0xff,
  (value >>> 8) & 0xff,
  value & 0xff,
];
const u32le = (value: number): number[] => u32(value).toReversed();

/** What no stripped picture may hold. */
export const place = "GPS 48.8583,2.2945";

/** TIFF, big-endian, with an orientation and a place. */
export function tiff(orientation: number): Uint8Array<ArrayBuffer> {
  return joined(
    ascii("MM"),
    [0, 42, 0, 0, 0, 8],
    u16(2),
    [0x01, 0x12, 0, 3, 0, 0, 0, 1, ...u16(orientation), 0, 0],
    [0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38],
    u32(0),
    ascii(place),
  );
}

const segment = (marker: number, data: Uint8Array): Uint8Array<ArrayBuffer> =>
  joined([0xff, marker], u16(data.length + 2), data);

interface Size {
  width: number;
  height: number;
}

/** Not one that can be drawn: its coded part is a stuffed FF, a restart and nothing else. */
export function aJpeg({
  width,
  height,
  gps = false,
  orientation = 1,
}: Size & { gps?: boolean; orientation?: number }): Uint8Array<ArrayBuffer> {
  return joined(
    [0xff, 0xd8],
    segment(0xe0, joined(ascii("JFIF\0"), [1, 1, 0, 0, 1, 0, 1, 0, 0])),
    ...(gps
      ? [
          segment(0xe1, joined(ascii("Exif\0\0"), tiff(orientation))),
          segment(0xe1, ascii(`http://ns.adobe.com/xap/1.0/\0${place}`)),
          segment(0xed, ascii(`Photoshop 3.0\0${place}`)),
          segment(0xfe, ascii(place)),
        ]
      : []),
    segment(0xe2, ascii("ICC_PROFILE\0colours")),
    segment(0xc0, joined([8], u16(height), u16(width), [1, 1, 0x11, 0])),
    segment(0xda, joined([1, 1, 0, 0, 63, 0])),
    [1, 2, 0xff, 0, 3, 0xff, 0xd0, 4],
    segment(0xda, joined([1, 1, 0, 0, 63, 0])),
    [5, 6],
    [0xff, 0xd9],
    gps ? ascii(`a film of the moment before, ${place}`) : [],
  );
}

const chunk = (type: string, data: Uint8Array): Uint8Array<ArrayBuffer> =>
  joined(u32(data.length), ascii(type), data, u32(0));

export function aPng({
  width,
  height,
  gps = false,
  orientation = 1,
}: Size & { gps?: boolean; orientation?: number }): Uint8Array<ArrayBuffer> {
  return joined(
    [0x89],
    ascii("PNG\r\n\u001a\n"),
    chunk("IHDR", joined(u32(width), u32(height), [8, 2, 0, 0, 0])),
    chunk("gAMA", joined(u32(45_455))),
    ...(gps
      ? [
          chunk("eXIf", tiff(orientation)),
          chunk("tEXt", ascii(`Comment\0${place}`)),
          chunk("iTXt", ascii(`XML:com.adobe.xmp\0\0\0\0\0${place}`)),
          chunk("tIME", joined([7, 230, 1, 1, 0, 0, 0])),
        ]
      : []),
    chunk("IDAT", joined([1, 2, 3])),
    chunk("IEND", new Uint8Array()),
    gps ? ascii(place) : [],
  );
}

const riff = (type: string, data: Uint8Array): Uint8Array<ArrayBuffer> =>
  joined(ascii(type), u32le(data.length), data, data.length & 1 ? [0] : []);

export function aWebp({
  width,
  height,
  gps = false,
  orientation = 1,
}: Size & { gps?: boolean; orientation?: number }): Uint8Array<ArrayBuffer> {
  const side = (value: number): number[] => u32le(value - 1).slice(0, 3);
  const body = joined(
    ascii("WEBP"),
    riff("VP8X", joined([gps ? 0x2c : 0x20, 0, 0, 0], side(width), side(height))),
    riff("ICCP", ascii("colours")),
    riff("VP8 ", joined([1, 2, 3])),
    ...(gps ? [riff("EXIF", tiff(orientation)), riff("XMP ", ascii(place))] : []),
  );
  return joined(ascii("RIFF"), u32le(body.length), body);
}

/** It is played for ever, and a comment says where it is from. */
export function aGif(): Uint8Array<ArrayBuffer> {
  const block = (data: Uint8Array | number[]) => [data.length, ...data];
  return joined(
    ascii("GIF89a"),
    [2, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255],
    [0x21, 0xff, ...block(ascii("NETSCAPE2.0")), ...block([1, 0, 0]), 0],
    [0x21, 0xfe, ...block(ascii(place)), 0],
    [0x2c, 0, 0, 0, 0, 2, 0, 1, 0, 0, 2, ...block([0x44, 0x01]), 0, 0x3b],
    ascii(place),
  );
}
