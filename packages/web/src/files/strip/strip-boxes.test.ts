/** Nothing remains in a film, or a picture made of boxes, of where and when it was taken; and nothing of what is seen moves. */
import { expect, test } from "vitest";
import {
  aBoxedPicture,
  aFilm,
  aMovingPicture,
  box,
  seen,
  track,
  u16,
  u32,
} from "../testing/boxes.ts";
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
    // What is packed cannot be looked at.
    new Uint8Array(box("moov", box("cmov", box("cmvd", ascii(place))))),
    // A converter needs what a camera wrote into what it had not made a picture of yet.
    new Uint8Array([...box("ftyp", ascii("crx "), u32(0)), ...aFilm(true)]),
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

test("a picture that moves is still seen, and of a stream no time remains", async () => {
  const given = aMovingPicture();
  const { bytes } = (await stripBoxes(new Blob([given])))!;
  expect(await text(bytes)).toContain(seen);
  const stream = [...box("ftyp", ascii("isom"), u32(0)), ...box("prft", ascii(place)), ...given];
  const found = (await stripBoxes(new Blob([new Uint8Array(stream)])))!;
  expect(await text(found.bytes)).not.toContain(place);
});

test("tables that promise more than there could be are not followed", async () => {
  const endless = u32(0xffff_fff0);
  const camera = (sizes: number[]): number[] =>
    box(
      "trak",
      box(
        "mdia",
        box("hdlr", u32(0), u32(0), ascii("meta"), u32(0)),
        box(
          "minf",
          box(
            "stbl",
            box("stsc", u32(0), u32(1), u32(1), endless, u32(1)),
            box("stsz", u32(0), sizes),
            box("stco", u32(0), u32(1), u32(8)),
          ),
        ),
      ),
    );
  const items = Array.from({ length: 10_000 }, () => [u16(1), u16(0), u16(0xffff)].flat()).flat();
  const picture = box(
    "meta",
    u32(0),
    box("hdlr", u32(0), u32(0), ascii("pict"), u32(0)),
    box("iinf", u32(0), u16(0)),
    box("iloc", u32(0), [0, 0], u16(10_000), items),
  );
  const begun = performance.now();
  for (const bytes of [
    [...box("mdat", [1, 2, 3, 4]), ...box("moov", camera([...u32(1), ...endless]))],
    // The same place again and again.
    [
      ...box("mdat", new Uint8Array(100_000)),
      ...box("moov", ...Array.from({ length: 200 }, () => track("meta", 8, [100_000]))),
    ],
    picture,
  ])
    await stripBoxes(new Blob([new Uint8Array(bytes)]));
  expect(performance.now() - begun).toBeLessThan(3_000);
});
