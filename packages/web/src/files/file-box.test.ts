import { expect, test } from "vitest";
import { fileBox } from "./file-box.ts";

test.each([
  [
    { width: 4_000, height: 3_000 },
    { width: 360, height: 270 },
  ],
  [
    { width: 1_000, height: 4_000 },
    { width: 240, height: 280 },
  ],
  [
    { width: 16, height: 16 },
    { width: 240, height: 160 },
  ],
  [{}, { width: 360, height: 270 }],
  [
    { width: 65_535, height: 1 },
    { width: 360, height: 160 },
  ],
])("a picture of %j takes a room of %j", (shape, box) => {
  expect(fileBox(shape)).toEqual(box);
});
