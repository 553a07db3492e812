/**
 * The words of the interface. Every string a person sees is looked up here by its id in the catalogue of the language that
 * is spoken; the other catalogues are not fetched.
 */
import { setupI18n, type Messages } from "@lingui/core";
import type en from "../locales/en.json";
import { isolateValues } from "./isolate.ts";
import type { Language } from "./languages.ts";

export type MessageId = keyof typeof en;

export const i18n = setupI18n();

/** They are compiled while bundling, which the types do not know. */
const catalogues: Record<Language, () => Promise<{ default: unknown }>> = {
  en: () => import("../locales/en.json"),
  de: () => import("../locales/de.json"),
  ar: () => import("../locales/ar.json"),
};

/** Fetches the catalogue; what is drawn from then on is in this language. */
export async function speak(language: Language): Promise<void> {
  const { default: messages } = await catalogues[language]();
  i18n.loadAndActivate({ locale: language, locales: regional(language), messages: messages as Messages });
}

export function t(id: MessageId, values?: Record<string, unknown>): string {
  return i18n._(id, values && isolateValues(i18n.locale, values));
}

/** For dates and numbers: the language of the interface, in the person's own region if it is the same language. */
export function formatLocale(): string {
  return String(i18n.locales ?? i18n.locale);
}

function regional(language: Language): string {
  return navigator.languages.find((tag) => tag.split("-")[0] === language) ?? language;
}
