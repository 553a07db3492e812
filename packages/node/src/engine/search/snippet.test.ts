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

test("marks parts of words of several scripts", () => {
  expect(marked("報告書v2と計画", "v2 計画")).toBe("報告書[v2]と[計画]");
});

test("marks ß where ss is looked for, and the other way round", () => {
  expect(marked("Straße and Strasse", "strasse")).toBe("[Straße] and [Strasse]");
  expect(marked("Straße and Strasse", "straße")).toBe("[Straße] and [Strasse]");
});

test("marks an emoji with all that it is drawn with", () => {
  expect(marked("yes👍🏽, I ❤️ it", "👍 ❤")).toBe("yes[👍🏽], I [❤️] it");
  expect(marked("by 👩‍💻 of 🇩🇪", "💻 🇩🇪")).toBe("by [👩‍💻] of [🇩🇪]");
});

test("marks the parts of a file's name", () => {
  expect(marked("quarterly_report-2.pdf", "report")).toBe("quarterly_[report]-2.pdf");
  expect(marked("quarterly_report-2.pdf", "report-2.p")).toBe("quarterly_[report-2.pdf]");
});

test("marks what stands in several phrases once", () => {
  expect(marked("a b c", '"a b c" b c')).toBe("[a b c]");
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
