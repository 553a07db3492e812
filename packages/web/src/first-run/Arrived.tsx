/** This device has just become one of somebody's: whose, and what has come so far. */
import { Check } from "lucide-react";
import { Page } from "../app/Page.tsx";
import { Busy } from "../design/Busy.tsx";
import { Button } from "../design/Button.tsx";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";

export function Arrived({ name }: { name: string }) {
  const app = useApp();
  const spaces = useAppState((s) => s.spaces);
  const names = Object.values(spaces);
  return (
    <Page title={t("arrived.title", { name })} lead={t("arrived.lead")}>
      {names.length === 0 ? (
        <Busy>{t("arrived.none")}</Busy>
      ) : (
        <ul aria-live="polite" className="space-y-2">
          {names.map((space) => (
            <li key={space.id} className="flex items-start gap-3">
              <Check aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-good" />
              <bdi className="wrap-anywhere">{space.name}</bdi>
            </li>
          ))}
        </ul>
      )}
      <Button kind="primary" large className="mt-8 w-full" onClick={() => app.store.setState({ firstRun: null })}>
        {t("arrived.open")}
      </Button>
    </Page>
  );
}
