/** The words of the interface. Every string a person sees is looked up here by its id in the catalogue. */
import { setupI18n, type Messages } from "@lingui/core";
import en from "../locales/en.json";

export type MessageId = keyof typeof en;

export const i18n = setupI18n({ locale: "en", messages: { en: en as unknown as Messages } });

export function t(id: MessageId, values?: Record<string, unknown>): string {
  return i18n._(id, values);
}

/** For dates and numbers: the language of the interface, in the person's own region if it is the same language. */
export function formatLocale(): string {
  const regional = navigator.languages.find((tag) => tag.split("-")[0] === i18n.locale);
  return regional ?? i18n.locale;
}
