import { Button } from "../design/Button.tsx";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { Page } from "./Page.tsx";

/** After an account was deleted: what of it remains elsewhere. */
export function Farewell({ remains }: { remains: readonly string[] }) {
  const app = useApp();
  return (
    <Page title={t("farewell.title")} lead={t("farewell.lead")}>
      <ul className="list-disc space-y-2 ps-5">
        {remains.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <Button kind="primary" large className="mt-8 w-full" onClick={() => app.store.setState({ farewell: null })}>
        {t("farewell.done")}
      </Button>
    </Page>
  );
}
