/** Every id that the sources ask for is in the catalogue, every id in the catalogue is asked for, and every message compiles. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compileCatalogue } from "../../build/compiled-catalogues.ts";

const root = join(import.meta.dirname, "..");
const text = readFileSync(join(import.meta.dirname, "en.json"), "utf8");
const catalogue = JSON.parse(text) as Record<string, string>;

const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/u.test(file) && !/\.test\.tsx?$/u.test(file))
  .map((file) => readFileSync(join(root, file), "utf8"))
  .join("\n");

test("every message asked for exists", () => {
  const asked = [...sources.matchAll(/\bt\(\s*"([^"]+)"/gu)].map(([, id]) => id!);
  expect(asked.filter((id) => !(id in catalogue))).toEqual([]);
  expect(asked.length).toBeGreaterThan(100);
});

test("every message is asked for, by its id or by a prefix that ids are made from", () => {
  const prefixes = [...sources.matchAll(/`([\w.]+\.)\$\{/gu)].map(([, prefix]) => prefix!);
  const unused = Object.keys(catalogue).filter(
    (id) => !sources.includes(`"${id}"`) && !prefixes.some((prefix) => id.startsWith(prefix)),
  );
  expect(unused).toEqual([]);
});

test("no id is there twice", () => {
  const ids = [...text.matchAll(/^ {2}"([^"]+)":/gmu)].map(([, id]) => id!);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(ids).toHaveLength(Object.keys(catalogue).length);
});

test("every message compiles", () => {
  expect(() => compileCatalogue(catalogue)).not.toThrow();
});

test("no message speaks of how it works inside, shouts, or apologises", () => {
  const words = /\b(?:nodes?|peers?|events?|spaces?|feeds?|hash(?:es)?|DAG|protocol|oops|sorry|please)\b|!/iu;
  const found = Object.entries(catalogue).filter(([, message]) => words.test(message.replaceAll(/\{[^{}]*\}/gu, "")));
  expect(found).toEqual([]);
});
