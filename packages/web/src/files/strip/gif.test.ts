/** A GIF loses what programs wrote into it, and is otherwise the same. */
import { expect, test } from "vitest";
import { ascii } from "../testing/pictures.ts";
import { strip } from "./strip.ts";

const blocks = (...all: readonly (Uint8Array | number[])[]): number[] => [
  ...all.flatMap((block) => [block.length, ...block]),
  0,
];
const extension = (label: number, ...all: readonly (Uint8Array | number[])[]): number[] => [
  0x21,
  label,
  ...blocks(...all),
];
const head = [...ascii("GIF89a"), 2, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255];
const loops = extension(0xff, ascii("NETSCAPE2.0"), [1, 0, 0]);
const wait = extension(0xf9, [0, 10, 0, 0]);
const picture = [0x2c, 0, 0, 0, 0, 2, 0, 1, 0, 0, 2, ...blocks([0x44, 0x01])];
const place = ascii("48.8583,2.2945");
/** XMP has no blocks: what reads its text as lengths is led to the end by what stands behind it. */
const xmp = [
  0x21,
  0xff,
  11,
  ...ascii("XMP DataXMP"),
  ...place,
  1,
  ...Array.from({ length: 256 }, (_, i) => 255 - i),
  0,
];

const stripped = (bytes: number[]) => {
  const found = strip(new Uint8Array(bytes));
  return found && { removed: found.removed, bytes: found.parts.flatMap((part) => [...part]) };
};

test("comments, XMP and what follows the end go; how it is drawn and played stays", () => {
  const plain = [...head, ...loops, ...wait, ...picture, 0x3b];
  expect(stripped(plain)).toEqual({ removed: false, bytes: plain });
  const told = [
    ...head,
    ...extension(0xfe, place),
    ...loops,
    ...xmp,
    ...wait,
    ...picture,
    ...extension(0xff, ascii("Camera v1.0"), place),
    0x3b,
    ...place,
  ];
  expect(stripped(told)).toEqual({ removed: true, bytes: plain });
});

test("one that is cut off is left as it is", () => {
  const whole = [...head, ...extension(0xfe, place), ...picture, 0x3b];
  for (let length = 10; length < whole.length; length++)
    expect(stripped(whole.slice(0, length))).toBeNull();
});
