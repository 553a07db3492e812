/** Beginnings of images: what tells their type and size, and zeros after it. */
import { join } from "./keys.ts";

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));
const number = (value: number, length: number): Uint8Array => hex(value.toString(16).padStart(2 * length, "0"));
const reversed = (value: number, length: number): Uint8Array => number(value, length).reverse();
const filled = (start: Uint8Array, length: number): Uint8Array => join(start, new Uint8Array(Math.max(0, length - start.length)));

export function png(width: number, height: number, length = 0): Uint8Array {
  return filled(join(hex("89504e470d0a1a0a0000000d49484452"), number(width, 4), number(height, 4), hex("0806000000")), length);
}

/** `before`: whole segments, or fill bytes, as hex. */
export function jpeg(marker: number, width: number, height: number, before: string[] = []): Uint8Array {
  return join(hex("ffd8"), ...before.map(hex), hex(`ff${marker.toString(16)}001108`), number(height, 2), number(width, 2), hex("03012200021101031101"));
}

const riff = (chunk: string, content: Uint8Array): Uint8Array =>
  join(hex("52494646"), reversed(content.length + 12, 4), hex(`57454250${chunk}`), reversed(content.length, 4), content);

export const webp = {
  lossy: (width: number, height: number) => riff("56503820", join(hex("300100"), hex("9d012a"), reversed(width, 2), reversed(height, 2))),
  lossless: (width: number, height: number) => riff("5650384c", join(hex("2f"), reversed(width - 1 + (height - 1) * 2 ** 14, 4))),
  extended: (width: number, height: number) => riff("56503858", join(hex("10000000"), reversed(width - 1, 3), reversed(height - 1, 3))),
};
