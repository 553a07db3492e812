/**
 * Message catalogues are written as ICU text and compiled here, while bundling, so that no message parser is
 * shipped to the browser.
 */
import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";
import type { Plugin } from "vite";

const catalogue = /\/src\/locales\/[a-zA-Z-]+\.json$/;

export function compiledCatalogues(): Plugin {
  return {
    name: "compiled-catalogues",
    enforce: "pre",
    transform(code, id) {
      if (!catalogue.test(id)) return null;
      return JSON.stringify(compileCatalogue(JSON.parse(code) as Record<string, string>));
    },
  };
}

export function compileCatalogue(messages: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(messages).map(([id, message]) => [id, compileMessageOrThrow(message)]),
  );
}
