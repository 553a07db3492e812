import { expect, test } from "vitest";
import { withWord, wordsOf } from "./words.ts";

test("words are read however they were written down", () => {
  expect(wordsOf(" 1. Abandon\n2. ability,  about\t")).toEqual(["abandon", "ability", "about"]);
  expect(wordsOf("")).toEqual([]);
});

test("one word is replaced, the others stay", () => {
  expect(withWord("one twoo three", 1, "two")).toBe("one two three");
});
