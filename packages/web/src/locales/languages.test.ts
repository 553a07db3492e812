/**
 * Every language says everything that English says, with the same values in it, and has a form for every number its grammar
 * tells apart. What is missing is named, so that it can be written.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CompiledMessage } from "@lingui/message-utils/compileMessage";
import { expect, test } from "vitest";
import { compileCatalogue } from "../../build/compiled-catalogues.ts";
import { languages } from "../i18n/languages.ts";

type Catalogue = Record<string, string>;
type Forms = Record<string, CompiledMessage | number | undefined>;

const textOf = (language: string) => readFileSync(join(import.meta.dirname, `${language}.json`), "utf8");
const catalogueOf = (language: string) => JSON.parse(textOf(language)) as Catalogue;
const english = catalogueOf("en");
const others = languages.filter((language) => language !== "en");

test.each(others)("%s has every message, and no other", (language) => {
  const catalogue = catalogueOf(language);
  expect({
    [`missing in ${language}.json`]: Object.keys(english).filter((id) => !(id in catalogue)),
    [`no longer in en.json`]: Object.keys(catalogue).filter((id) => !(id in english)),
    "there twice": [...textOf(language).matchAll(/^ {2}"([^"]+)":/gmu)].map(([, id]) => id!).filter((id, at, all) => all.indexOf(id) !== at),
  }).toEqual({ [`missing in ${language}.json`]: [], [`no longer in en.json`]: [], "there twice": [] });
});

test.each(others)("%s puts the same values into each message", (language) => {
  const catalogue = catalogueOf(language);
  const compiled = compileCatalogue(catalogue) as Record<string, CompiledMessage>;
  const expected = compileCatalogue(english) as Record<string, CompiledMessage>;
  const shared = Object.keys(english).filter((id) => id in catalogue);
  expect(Object.fromEntries(shared.map((id) => [id, valuesIn(compiled[id]!)]))).toEqual(
    Object.fromEntries(shared.map((id) => [id, valuesIn(expected[id]!)])),
  );
});

test.each(languages)("%s has a form for every number", (language) => {
  const compiled = compileCatalogue(catalogueOf(language)) as Record<string, CompiledMessage>;
  const lacking = Object.entries(compiled).flatMap(([id, message]) => {
    const missing = pluralsIn(message).flatMap((forms) => missingForms(language, forms));
    return missing.length > 0 ? [`${id}: ${missing.join(", ")}`] : [];
  });
  expect(lacking).toEqual([]);
});

test.each(others)("%s does not shout, and leaves nothing in English", (language) => {
  const catalogue = catalogueOf(language);
  expect(Object.entries(catalogue).filter(([, message]) => /!(?!\d)/u.test(message.replaceAll(/\{[^{}]*\}/gu, "")))).toEqual([]);
  // Names, and words that are the same in both.
  const same = Object.keys(english).filter((id) => catalogue[id] === english[id] && /[a-z]{4}/u.test(english[id]!.replaceAll(/\{[^{}]*\}/gu, "")));
  expect(same.length).toBeLessThan(40);
});

/** The names of the values, each with how it is written. */
function valuesIn(message: CompiledMessage): string[] {
  const found = parts(message).flatMap(([name, kind, forms]) => [
    `${name}${kind === "number" ? ", number" : ""}`,
    ...Object.values(forms ?? {}).flatMap((form) => (typeof form === "number" || form === undefined ? [] : valuesIn(form))),
  ]);
  return [...new Set(found)].sort();
}

function pluralsIn(message: CompiledMessage): Forms[] {
  return parts(message).flatMap(([, kind, forms]) => [
    ...(kind === "plural" && forms ? [forms] : []),
    ...Object.values(forms ?? {}).flatMap((form) => (typeof form === "number" || form === undefined ? [] : pluralsIn(form))),
  ]);
}

function parts(message: CompiledMessage): [name: string, kind?: string, forms?: Forms | undefined][] {
  if (typeof message === "string") return [];
  return message.filter((token) => Array.isArray(token)).map(([name, kind, forms]) => [String(name), String(kind), typeof forms === "object" ? (forms as Forms) : undefined]);
}

/** A category is covered by its own form, or by forms for the very numbers that are in it. */
function missingForms(language: string, forms: Forms): string[] {
  const rules = new Intl.PluralRules(language);
  const numbers = Array.from({ length: 201 }, (_, number) => number);
  return rules
    .resolvedOptions()
    .pluralCategories.filter((category) => !(category in forms) && !numbers.filter((number) => rules.select(number) === category).every((number) => String(number) in forms || `=${number}` in forms));
}
