import { t } from "../i18n/messages.ts";

/** The first thing the Tab key comes to: past the lists, to where one writes. */
export function SkipToComposer() {
  return (
    <button
      type="button"
      onClick={() => document.getElementById("composer")?.focus()}
      className="sr-only z-50 min-h-9 rounded-s bg-accent px-4 text-on-accent focus:not-sr-only focus:absolute focus:start-2 focus:top-2"
    >
      {t("skip.composer")}
    </button>
  );
}
