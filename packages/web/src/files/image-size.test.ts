import { expect, test } from "vitest";
import { imageSize } from "./image-size.ts";
import { ascii, aJpeg, aPng, aWebp } from "./testing/pictures.ts";

test.each([
  [
    "a PNG",
    aPng({ width: 40_000, height: 30_000 }),
    { type: "image/png", width: 40_000, height: 30_000 },
  ],
  [
    "a JPEG behind what its camera wrote",
    aJpeg({ width: 640, height: 480, gps: true }),
    { type: "image/jpeg", width: 640, height: 480 },
  ],
  [
    "an extended WebP",
    aWebp({ width: 70_000, height: 3 }),
    { type: "image/webp", width: 70_000, height: 3 },
  ],
  [
    "a GIF",
    new Uint8Array([...ascii("GIF89a"), 0x2c, 1, 2, 0, 0, 0, 0]),
    { type: "image/gif", width: 300, height: 2 },
  ],
])("%s says how large it is", (_, bytes, size) => {
  expect(imageSize(bytes)).toEqual(size);
});

test.each([
  ["nothing", new Uint8Array()],
  ["a page", new TextEncoder().encode("<!doctype html><script>alert(1)</script>")],
  [
    "an SVG",
    new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
  ],
  ["the beginning of a PNG", aPng({ width: 1, height: 1 }).subarray(0, 20)],
  ["a PNG without width", aPng({ width: 0, height: 5 })],
  [
    "a JPEG that ends in what its camera wrote",
    aJpeg({ width: 9, height: 9, gps: true }).subarray(0, 40),
  ],
])("%s is no picture", (_, bytes) => {
  expect(imageSize(bytes)).toBeNull();
});

test("whatever is cut off or changed, it answers", () => {
  const jpeg = aJpeg({ width: 9, height: 9, gps: true });
  for (let length = 0; length < jpeg.length; length++)
    expect(() => imageSize(jpeg.subarray(0, length))).not.toThrow();
  for (let at = 0; at < jpeg.length; at++)
    expect(() => imageSize(jpeg.with(at, 0xff))).not.toThrow();
});
