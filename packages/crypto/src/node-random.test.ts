import { toHex } from "@multichat/protocol";
import { expect, test } from "vitest";
import { drawnAtOnce, largestDrawn } from "./limits.ts";
import { createNodeRandom } from "./node-random.ts";

test("no two values are the same, whatever their lengths, and none changes after it was given", () => {
  const random = createNodeRandom();
  const lengths = Array.from({ length: (3 * drawnAtOnce) / largestDrawn }, (_, i) => 8 + (i % 40));
  const given = lengths.map((length) => random.bytes(length));
  const texts = given.map(toHex);
  expect(given.map(({ length }) => length)).toEqual(lengths);
  expect(new Set(texts.map((text) => text.slice(0, 16))).size).toBe(lengths.length);
  given[0]!.fill(0);
  expect(given.slice(1).map(toHex)).toEqual(texts.slice(1));
});

test("every value has all its bytes from the system: none is left as it was made", () => {
  const random = createNodeRandom();
  const ever = new Uint8Array(largestDrawn);
  for (let i = 0; i < 1_000; i++) for (const [at, byte] of random.bytes(largestDrawn).entries()) ever[at]! |= byte;
  expect([...ever]).toEqual(Array.from(ever, () => 255));
});
