/** What a person chose for this browser. Kept in localStorage; unknown or damaged values fall back one by one. */
import { directionOf, languageFor, languages } from "../i18n/languages.ts";
import { i18n, speak } from "../i18n/messages.ts";
import type { App } from "./store.ts";

export const languageChoices = ["system", ...languages] as const;
export const themes = ["system", "light", "dark"] as const;
export const contrasts = ["system", "normal", "high"] as const;
export const motions = ["system", "full", "reduced"] as const;
/** In percent of what the browser is set to. */
export const textSizes = [90, 100, 125, 150, 200] as const;
export const densities = ["comfortable", "compact"] as const;

export const undoTimes = [0, 5, 10] as const;

export interface Settings {
  language: (typeof languageChoices)[number];
  theme: (typeof themes)[number];
  contrast: (typeof contrasts)[number];
  motion: (typeof motions)[number];
  textSize: (typeof textSizes)[number];
  density: (typeof densities)[number];
  enterSends: boolean;
  /** Seconds in which a message can be taken back before it goes out; 0: it goes at once, as everywhere. */
  undoSend: (typeof undoTimes)[number];
}

const key = "multichat.settings";

export function readSettings(storage: Pick<Storage, "getItem">): Settings {
  const stored = parse(storage.getItem(key));
  return {
    language: languageChoices.find((language) => language === stored["language"]) ?? "system",
    theme: themes.find((theme) => theme === stored["theme"]) ?? "system",
    contrast: contrasts.find((contrast) => contrast === stored["contrast"]) ?? "system",
    motion: motions.find((motion) => motion === stored["motion"]) ?? "system",
    textSize: textSizes.find((percent) => percent === stored["textSize"]) ?? 100,
    density: densities.find((density) => density === stored["density"]) ?? "comfortable",
    enterSends: stored["enterSends"] !== false,
    undoSend: undoTimes.find((seconds) => seconds === stored["undoSend"]) ?? 0,
  };
}

export function changeSettings(app: App, change: Partial<Settings>): void {
  const settings = { ...app.store.getState().settings, ...change };
  app.store.setState({ settings });
  localStorage.setItem(key, JSON.stringify(settings));
  applySettings(settings);
}

/** Fetches the language's words first; without them everything stays as it is. */
export async function changeLanguage(app: App, language: Settings["language"]): Promise<void> {
  await speak(languageFor(language, navigator.languages));
  changeSettings(app, { language });
}

const wishes = {
  contrast: "(prefers-contrast: more)",
  motion: "(prefers-reduced-motion: reduce)",
} as const;

/** The page's language, and its looks from now on, also when the system's wishes change. */
export async function beginSettings(app: App): Promise<void> {
  const { settings } = app.store.getState();
  await speak(languageFor(settings.language, navigator.languages));
  applySettings(settings);
  for (const wish of Object.values(wishes)) {
    matchMedia(wish).addEventListener("change", () => applySettings(app.store.getState().settings));
  }
}

/** They are attributes of the root element; the tokens and the layout follow them. */
function applySettings({ theme, contrast, motion, textSize, density }: Settings): void {
  const { documentElement: root } = document;
  root.lang = i18n.locale;
  root.dir = directionOf(i18n.locale);
  root.dataset["theme"] = theme;
  root.dataset["contrast"] = contrast === "system" && matchMedia(wishes.contrast).matches ? "high" : contrast;
  root.dataset["motion"] = motion === "system" && matchMedia(wishes.motion).matches ? "reduced" : motion;
  root.dataset["density"] = density;
  root.style.fontSize = textSize === 100 ? "" : `${textSize}%`;
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
