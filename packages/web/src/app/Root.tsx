import { i18n } from "../i18n/messages.ts";
import { AppProvider, useAppState } from "../state/context.tsx";
import type { App } from "../state/store.ts";
import { Screens } from "./Screens.tsx";

export function Root({ app }: { app: App }) {
  return (
    <AppProvider app={app}>
      <Spoken />
    </AppProvider>
  );
}

/** In another language everything is drawn anew, for words are in all of it. */
function Spoken() {
  useAppState((s) => s.settings.language);
  return <Screens key={i18n.locale} />;
}
