import fc from "fast-check";
import { expect, test } from "vitest";
import { isPlain } from "./is-plain.ts";
import { renderMarkdown } from "./render.ts";

test("sentences are plain", () => {
  for (const text of [
    "Yes.",
    "Who has the key, and the hose?",
    "well-known: 3.5 l – no more",
    "Straße… مرحبا، 你好",
  ])
    expect(isPlain(text)).toBe(true);
});

test("whatever could be more is left to Markdown", () => {
  for (const text of [
    "",
    "*a*",
    "a_b",
    "1. a",
    "12.",
    "- a",
    "#a",
    "a  b",
    " a",
    "a ",
    "a\nb",
    "http://a",
    "a&b",
    "<b>",
    ":+1:",
    "a@b",
    "---",
    "||a||",
    "`a`",
  ])
    expect(isPlain(text)).toBe(false);
});

test("what is taken for plain is what Markdown makes of it", () => {
  const marks = "a b 1 . : , ; - ! ? ' ’ … – % * _ # ` \n".split(" ");
  const pieces = fc.constantFrom(
    ...marks,
    " ",
    "1. ",
    "http:",
    "www.a.b",
    "mailto:",
    "multichat:",
    "(c)",
    "--",
    " - ",
  );
  const texts = fc.array(pieces, { maxLength: 12 }).map((all) => all.join(""));
  fc.assert(
    fc.property(fc.oneof(texts, fc.string({ unit: "grapheme" })), (text) => {
      const plain = isPlain(text) ? `<p>${text}</p>\n` : null;
      expect([null, renderMarkdown(text)]).toContain(plain);
    }),
    { numRuns: 2_000 },
  );
});
