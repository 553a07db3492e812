/** Files that were cut off or changed anywhere are cleaned or refused; nothing breaks, and what was cleaned is clean. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { imageSize } from "../image-size.ts";
import { aBoxedPicture, aFilm, aMovingPicture } from "../testing/boxes.ts";
import { aGif, aJpeg, aPng, aWebp } from "../testing/pictures.ts";
import { strip, type Stripped } from "./strip.ts";
import { stripBoxes } from "./strip-boxes.ts";

const told = { width: 64, height: 48, gps: true, orientation: 6 };

const joined = ({ parts }: Stripped) => new Uint8Array(parts.flatMap((part) => [...part]));

/** A few bytes changed, and an end that may be missing. */
function broken(whole: Uint8Array<ArrayBuffer>): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const change = fc.tuple(fc.nat(whole.length - 1), fc.constantFrom(0, 1, 8, 0x7f, 0x80, 0xff));
  return fc
    .tuple(fc.array(change, { maxLength: 6 }), fc.oneof(fc.constant(0), fc.nat(whole.length)))
    .map(([changes, missing]) => {
      const bytes = whole.slice(0, whole.length - missing);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      return bytes;
    });
}

test.each([
  ["JPEG", aJpeg(told)],
  ["PNG", aPng(told)],
  ["WebP", aWebp(told)],
  ["GIF", aGif()],
])("a broken %s", (_kind, whole) => {
  fc.assert(
    fc.property(broken(whole), (bytes) => {
      imageSize(bytes);
      const found = strip(bytes);
      if (found === null) return;
      const clean = joined(found);
      const again = strip(clean)!;
      expect(joined(again)).toEqual(clean);
      expect(again.orientation).toBe(found.orientation);
    }),
    { numRuns: 400 },
  );
});

test.each([
  ["film", aFilm(true)],
  ["picture of boxes", aBoxedPicture()],
  ["moving picture", aMovingPicture()],
])("a broken %s", async (_kind, whole) => {
  await fc.assert(
    fc.asyncProperty(broken(whole), async (bytes) => {
      const found = await stripBoxes(new Blob([bytes]));
      if (found === null) return;
      expect(found.bytes.size).toBe(bytes.length);
      expect((await stripBoxes(found.bytes))?.removed ?? false).toBe(false);
    }),
    { numRuns: 200 },
  );
});
