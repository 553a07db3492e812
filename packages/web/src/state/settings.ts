/** What a person chose for this browser. Kept in localStorage; unknown or damaged values fall back one by one. */
import type { App } from "./store.ts";

export const themes = ["system", "light", "dark"] as const;
export const densities = ["comfortable", "compact"] as const;

export const undoTimes = [0, 5, 10] as const;

export interface Settings {
  theme: (typeof themes)[number];
  density: (typeof densities)[number];
  enterSends: boolean;
  /** Seconds in which a message can be taken back before it goes out; 0: it goes at once, as everywhere. */
  undoSend: (typeof undoTimes)[number];
}

const key = "multichat.settings";

export function readSettings(storage: Pick<Storage, "getItem">): Settings {
  const stored = parse(storage.getItem(key));
  return {
    theme: themes.find((theme) => theme === stored["theme"]) ?? "system",
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

/** Theme and density are attributes of the root element; the tokens follow them. */
export function applySettings({ theme, density }: Settings): void {
  document.documentElement.dataset["theme"] = theme;
  document.documentElement.dataset["density"] = density;
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
