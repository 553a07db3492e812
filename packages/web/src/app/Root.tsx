import { AppProvider } from "../state/context.tsx";
import type { App } from "../state/store.ts";
import { Screens } from "./Screens.tsx";

export function Root({ app }: { app: App }) {
  return (
    <AppProvider app={app}>
      <Screens />
    </AppProvider>
  );
}
