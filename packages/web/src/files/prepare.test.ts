/** What a camera wrote is left out also where the browser does not know what kind of file it is. */
import { expect, test } from "vitest";
import { prepare } from "./prepare.ts";
import { aBoxedPicture, aFilm } from "./testing/boxes.ts";
import { aJpeg, ascii, place } from "./testing/pictures.ts";

const text = async (file: Blob): Promise<string> =>
  new TextDecoder("latin1").decode(await file.arrayBuffer());

/** Behind so much that its first bytes do not say how large it is. */
function aLongHeadedJpeg(): Uint8Array<ArrayBuffer> {
  const whole = aJpeg({ width: 4, height: 3, gps: true });
  const profile = [0xff, 0xe2, 0xff, 0xff, ...ascii("ICC_PROFILE\0"), ...new Uint8Array(65_521)];
  return new Uint8Array([
    ...whole.subarray(0, 2),
    ...profile,
    ...profile,
    ...profile,
    ...profile,
    ...profile,
    ...whole.subarray(2),
  ]);
}

test.each([
  ["a picture of a phone", aBoxedPicture()],
  ["a film", aFilm(true)],
  ["a picture with a long head", aLongHeadedJpeg()],
])("%s without a type", async (_what, bytes) => {
  expect(await text(new Blob([bytes]))).toContain(place);
  const prepared = await prepare(new File([bytes], "IMG_1.HEIC"), false);
  expect(prepared).toMatchObject({ data: "removed", name: "IMG_1.HEIC" });
  expect(await text(prepared.bytes)).not.toContain(place);
});

test("other files stay as they are, and so does one that cannot be understood, which is said", async () => {
  const notes = new File([ascii("notes")], "notes");
  expect(await prepare(notes, false)).toMatchObject({ bytes: notes, data: "none" });
  const cut = new File([aBoxedPicture().slice(0, 100)], "IMG_2.HEIC");
  expect(await prepare(cut, false)).toMatchObject({ bytes: cut, data: "stays" });
});

test("what unfolds to too much is not drawn for whoever sends it either", async () => {
  const small = await prepare(new File([aJpeg({ width: 40, height: 30 })], "a.jpg"), false);
  expect(small.preview).toBe(small.bytes);
  const bomb = await prepare(new File([aJpeg({ width: 30_000, height: 30_000 })], "b.jpg"), false);
  expect(bomb).toMatchObject({ shape: { width: 30_000, height: 30_000 }, preview: null });
});
