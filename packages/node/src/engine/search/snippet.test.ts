import { expect, test } from "vitest";
import { snippetOf } from "./snippet.ts";

const marked = (text: string, query: string): string => {
  const { snippet, ranges } = snippetOf(text, query);
  return ranges.reduceRight((all, [from, to]) => `${all.slice(0, from)}[${all.slice(from, to)}]${all.slice(to)}`, snippet);
};

test("marks words that begin so, without regard to case and accents", () => {
  expect(marked("Der Schlüssel liegt beim Schlussverkauf", "schluss")).toBe("Der [Schlüssel] liegt beim [Schlussverkauf]");
});

test("marks a quotation as a whole, and only as it is", () => {
  expect(marked("release notes, notes of a release", '"release notes"')).toBe("[release notes], notes of a release");
  expect(marked("releases", '"release"')).toBe("releases");
});

test("marks parts of scripts without spaces", () => {
  expect(marked("明日は東京都に行く", "東京")).toBe("明日は[東京]都に行く");
});

test("shows the surroundings of the first place in a long text, with half words left out", () => {
  const { snippet, ranges } = snippetOf(`${"before ".repeat(50)}needle${" after".repeat(50)}`, "needle");
  expect(snippet).toMatch(/^…before .*needle.* after…$/);
  expect(snippet.length).toBeLessThan(200);
  expect(ranges.map(([from, to]) => snippet.slice(from, to))).toEqual(["needle"]);
});

test("shows the beginning where nothing is marked, on one line", () => {
  expect(snippetOf("two\nlines", "")).toEqual({ snippet: "two lines", ranges: [] });
});
