import { Button } from "../design/Button.tsx";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { Page } from "./Page.tsx";

/** After an account was deleted: what of it remains elsewhere. */
export function Farewell({ remains }: { remains: readonly string[] }) {
  const app = useApp();
  // The others are told first; who went on before that would be in what is about to be erased.
  const gone = useAppState((s) => s.status?.account === null);
  return (
    <Page title={t("farewell.title")} lead={t(gone ? "farewell.lead" : "farewell.going")}>
      <ul className="list-disc space-y-2 ps-5">
        {remains.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <Button kind="primary" large className="mt-8 w-full" disabled={!gone} onClick={() => app.store.setState({ farewell: null })}>
        {t("farewell.done")}
      </Button>
    </Page>
  );
}
