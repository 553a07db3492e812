/** The languages that the interface speaks. Each has a catalogue in `locales`. */
export const languages = ["en", "de", "ar"] as const;
export type Language = (typeof languages)[number];

/** As their speakers call them, for whoever looks for theirs among words they cannot read. */
export const ownNames: Record<Language, string> = { en: "English", de: "Deutsch", ar: "العربية" };

/** The one that was chosen, else the first of the browser's that there is. */
export function languageFor(choice: Language | "system", preferred: readonly string[]): Language {
  if (choice !== "system") return choice;
  const wanted = preferred.map((tag) => tag.split("-")[0]);
  return wanted.flatMap((tag) => languages.filter((language) => language === tag))[0] ?? "en";
}

export function directionOf(language: string): "ltr" | "rtl" {
  return language === "ar" ? "rtl" : "ltr";
}
