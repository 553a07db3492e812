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

type Words = () => Promise<{ default: Messages }>;

const catalogues: Record<Language, { first: Words; later: Words }> = {
  en: { first: () => import("../locales/en.json?first"), later: () => import("../locales/en.json?later") },
  de: { first: () => import("../locales/de.json?first"), later: () => import("../locales/de.json?later") },
  ar: { first: () => import("../locales/ar.json?first"), later: () => import("../locales/ar.json?later") },
};

/** Whether parts of the app are here that have words of the later half. */
let speaksFully = false;

/** Fetches the catalogue; what is drawn from then on is in this language. */
export async function speak(language: Language): Promise<void> {
  const { first, later } = catalogues[language];
  const halves = await Promise.all(speaksFully ? [first(), later()] : [first()]);
  i18n.loadAndActivate({ locale: language, locales: regional(language), messages: Object.assign({}, ...halves.map((half) => half.default)) as Messages });
}

/** Fetches what the first paint does not say. Before it nothing of that may be drawn. */
export async function speakFully(): Promise<void> {
  speaksFully = true;
  const { locale } = i18n;
  const { default: messages } = await catalogues[locale as Language].later();
  i18n.load(locale, messages);
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
