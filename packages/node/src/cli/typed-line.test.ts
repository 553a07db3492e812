import { expect, test } from "vitest";
import { type LineEnd, createTypedLine } from "./typed-line.ts";

function typed(keys: string, options?: { word: boolean }): { text: string; end: LineEnd | null } {
  const line = createTypedLine(options);
  let end: LineEnd | null = null;
  for (const key of keys) end = line.put(key);
  return { text: line.text, end };
}

test.each([
  ["Enter", "correct horse\r", "correct horse"],
  ["Backspace, which takes a whole character away", "ab👩‍💻\u007fé\u0301\bc\r", "abc"],
  ["Ctrl-U, which begins anew", "wrong\u0015right\r", "right"],
  ["Ctrl-W, which takes a word away", "correct hors\u0017horse\r", "correct horse"],
  [
    "arrows, F-keys and Escape, which write nothing",
    "a\u001b[A\u001bOP\u001b[15~b\u001bc\r",
    "abc",
  ],
  ["a paste between the marks of one", "\u001b[200~pasted\u001b[201~\r", "pasted"],
  ["other control keys, which write nothing", "a\tb\u0001\u001a\r", "ab"],
])("%s", (_, keys, text) => {
  expect(typed(keys).end).toEqual({ how: "entered", text });
});

test("Ctrl-C interrupts, Ctrl-D ends where nothing was typed, Backspace there goes back", () => {
  expect(typed("abc\u0003").end).toEqual({ how: "interrupted" });
  expect(typed("abc\u0004")).toEqual({ end: null, text: "abc" });
  expect(typed("\u0004").end).toEqual({ how: "ended" });
  expect(typed("a\u007f\u007f").end).toEqual({ how: "back" });
});

test("a word ends at a space, and does not begin with one", () => {
  expect(typed("  zebra ", { word: true }).end).toEqual({ how: "entered", text: "zebra" });
  expect(typed("\r", { word: true }).end).toEqual({ how: "entered", text: "" });
  expect(typed("two words").end).toBeNull();
});
