/** Nothing remains in a film, or a picture made of boxes, of where and when it was taken; and nothing of what is seen moves. */
import { expect, test } from "vitest";
import { aBoxedPicture, aFilm, box, seen, u32 } from "../testing/boxes.ts";
import { ascii, aPng, place } from "../testing/pictures.ts";
import { stripBoxes } from "./strip-boxes.ts";

const text = async (file: Blob): Promise<string> =>
  [...new Uint8Array(await file.arrayBuffer())].map((byte) => String.fromCharCode(byte)).join("");

test("a film loses its places and times, and the camera's own track; everything else keeps its place", async () => {
  const given = new Blob([aFilm(true)], { type: "video/mp4" });
  expect((await text(given)).split("48.8583")).toHaveLength(6);
  const { bytes, removed } = (await stripBoxes(given))!;
  expect(removed).toBe(true);
  expect({ size: bytes.size, type: bytes.type }).toEqual({ size: given.size, type: "video/mp4" });
  const now = await text(bytes);
  expect(now).not.toContain("48.8583");
  expect(now).not.toContain("GPS");
  expect(now.indexOf(seen)).toBe((await text(given)).indexOf(seen));
  expect(now).not.toContain(String.fromCharCode(...u32(3_800_000_000)));
  expect(now).toContain("vide");
  expect((await stripBoxes(bytes))!.removed).toBe(false);
});

test("a film that says nothing is not touched but for its times", async () => {
  const given = new Blob([aFilm(false)]);
  const { bytes } = (await stripBoxes(given))!;
  expect((await stripBoxes(bytes))!.bytes).toBe(bytes);
  expect((await text(bytes)).length).toBe(given.size);
});

test("a picture's EXIF and XMP become empty, wherever they lie, and a film hidden behind it goes", async () => {
  const given = new Blob([aBoxedPicture()]);
  expect((await text(given)).split("48.8583")).toHaveLength(4);
  const { bytes, removed } = (await stripBoxes(given))!;
  expect(removed).toBe(true);
  const now = await text(bytes);
  expect(now).not.toContain("48.8583");
  expect(now.indexOf(seen)).toBe((await text(given)).indexOf(seen));
  // Programs that look for EXIF find one that says nothing.
  expect(now).toContain("\0\0\0\0II*\0\u0008\0\0\0\0\0\0\0\0\0");
});

test("what is not made of boxes, or not understood, is not taken for clean", async () => {
  for (const bytes of [
    aPng({ width: 1, height: 1 }),
    ascii("RIFF"),
    new Uint8Array(box("ftyp", ascii("isom"))),
    // Older items do not say of what kind they are.
    new Uint8Array(box("meta", u32(0), box("free"))),
    new Uint8Array(box("moov", box("trak", box("mdia")))),
  ])
    expect(await stripBoxes(new Blob([bytes]))).toBeNull();
});

test("one that is cut off anywhere is not taken for a clean one", async () => {
  for (const whole of [aFilm(true), aBoxedPicture()]) {
    for (let length = 0; length < whole.length; length += 7) {
      const found = await stripBoxes(new Blob([whole.slice(0, length)]));
      const isClean = found === null || !(await text(found.bytes)).includes(place);
      expect(isClean).toBe(true);
    }
  }
});
