/**
 * Message catalogues are written as ICU text and compiled here, while bundling, so that no message parser is
 * shipped to the browser. A page fetches a catalogue in two: `?first` is what its first paint may say, `?later` the rest.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";
import type { Plugin } from "vite";
import { isLater } from "./later-words.ts";

const locales = join(import.meta.dirname, "../src/locales");
/** As it is imported, and as it is called then. */
const half = /\/locales\/([a-zA-Z-]+)(?:\.json\?|\.)(first|later)(?:\.js)?$/;

export function compiledCatalogues(): Plugin {
  return {
    name: "compiled-catalogues",
    enforce: "pre",
    resolveId(source) {
      const [, language, which] = half.exec(source) ?? [];
      return language === undefined ? null : join(locales, `${language}.${which}.js`);
    },
    load(id) {
      const [, language, which] = half.exec(id) ?? [];
      if (language === undefined) return null;
      const file = join(locales, `${language}.json`);
      this.addWatchFile(file);
      const words = Object.entries(
        JSON.parse(readFileSync(file, "utf8")) as Record<string, string>,
      );
      const asked = words.filter(([message]) => isLater(message) === (which === "later"));
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(compileCatalogue(Object.fromEntries(asked))))})`;
    },
  };
}

export function compileCatalogue(messages: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(messages).map(([id, message]) => [id, compileMessageOrThrow(message)]),
  );
}
