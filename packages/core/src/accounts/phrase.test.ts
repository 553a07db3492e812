import { describe, expect, it } from "vitest";
import { phraseWords, readPhrase } from "./phrase.ts";

const seed = new Uint8Array(32).map((_, i) => i * 7 + 3);
const words = phraseWords(seed);

describe("the recovery phrase", () => {
  it("is read back as it was written, whatever its capitals and spaces", () => {
    expect(readPhrase(words)).toEqual({ ok: true, seed });
    expect(readPhrase([...words.map((word) => ` ${word.toUpperCase()} `), ""])).toEqual({
      ok: true,
      seed,
    });
  });

  it("names a word that is not in the list, and the word that was meant", () => {
    const [first] = words as [string];
    const misspelt = first.slice(1, 2) + first.slice(0, 1) + first.slice(2);
    const read = readPhrase(words.with(0, misspelt));
    expect(read).toMatchObject({
      ok: false,
      unlisted: [{ position: 0, word: misspelt }],
      corrections: [],
    });
    expect(read.ok ? [] : read.unlisted[0]!.suggestions).toContain(first);
  });

  it("suggests the word to change when all are in the list and the checksum is wrong", () => {
    const known = phraseWords(new Uint8Array(32));
    expect(known[0]).toBe("abandon");
    const read = readPhrase(phraseWords(new Uint8Array(32)).with(23, "act"));
    expect(read).toMatchObject({ ok: false, unlisted: [] });
    expect(read.ok ? [] : read.corrections).toContainEqual({
      position: 23,
      word: "act",
      instead: "art",
    });
  });

  it.each([0, 12, 23, 25])("refuses %i words", (count) => {
    const some = Array.from({ length: count }, (_, i) => words[i % 24]!);
    expect(readPhrase(some)).toMatchObject({ ok: false, count });
  });
});
