/** Nothing remains of where and with what a picture was taken, and everything that it is drawn from. */
import { expect, test } from "vitest";
import { imageSize } from "../image-size.ts";
import { aJpeg, aPng, aWebp, ascii, place } from "../testing/pictures.ts";
import { strip } from "./strip.ts";

const kinds = [
  ["JPEG", aJpeg],
  ["PNG", aPng],
  ["WebP", aWebp],
] as const;
const size = { width: 640, height: 480 };

const text = (bytes: Uint8Array): string => String.fromCodePoint(...bytes);
const stripped = (bytes: Uint8Array<ArrayBuffer>) => {
  const found = strip(bytes)!;
  return { ...found, bytes: new Uint8Array(found.parts.flatMap((part) => [...part])) };
};

test.each(kinds)(
  "a %s loses its place and all that was written about it, and is otherwise the same",
  (_, make) => {
    const given = make({ ...size, gps: true });
    expect(text(given)).toContain(place);
    const { bytes, removed, orientation } = stripped(given);
    expect({ removed, orientation }).toEqual({ removed: true, orientation: 1 });
    expect(text(bytes)).not.toContain("GPS");
    expect(imageSize(bytes)).toEqual(imageSize(given));
    expect(text(bytes)).toEqual(text(make(size)));
  },
);

test.each(kinds)("a %s that holds nothing of the kind stays as it is", (_, make) => {
  const given = make(size);
  const { bytes, removed } = stripped(given);
  expect(removed).toBe(false);
  expect(text(bytes)).toBe(text(given));
});

test.each(kinds)("a %s that lies on its side still does, and says nothing else", (_, make) => {
  const { bytes, orientation } = stripped(make({ ...size, gps: true, orientation: 6 }));
  expect(orientation).toBe(6);
  expect(text(bytes)).not.toContain(place);
  expect(stripped(bytes).orientation).toBe(6);
});

test.each(kinds)("a %s that is cut off anywhere is not taken for a whole one", (_, make) => {
  const given = make({ ...size, gps: true });
  const end = text(given).lastIndexOf(place);
  for (let length = 0; length < end - 30; length += 3) {
    const found = strip(given.slice(0, length));
    expect(
      found === null ||
        !text(new Uint8Array(found.parts.flatMap((part) => [...part]))).includes(place),
    ).toBe(true);
  }
});

test("what is none of them is left alone", () => {
  expect(strip(ascii("%PDF-1.7"))).toBeNull();
  expect(strip(ascii("GIF89a      "))).toBeNull();
});

test("the small picture that stands in a JPEG's first words goes too", () => {
  const [width, height] = [2, 1];
  const small = new TextEncoder().encode(place.slice(0, 3 * width * height));
  const jfif = [...ascii("JFIF\0"), 1, 1, 0, 0, 1, 0, 1, width, height, ...small];
  const rest = aJpeg(size).subarray(20);
  const { bytes, removed } = stripped(
    new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, jfif.length + 2, ...jfif, ...rest]),
  );
  expect(removed).toBe(true);
  expect(text(bytes)).toBe(text(aJpeg(size)));
});
