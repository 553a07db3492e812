/** The keys in the data folder are sealed with a passphrase: nothing goes on without it. */
import { useCallback, useState } from "react";
import { Busy } from "../design/Busy.tsx";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { Page } from "./Page.tsx";

export function Unlock() {
  const app = useApp();
  const [passphrase, setPassphrase] = useState("");
  const [opened, setOpened] = useState(false);
  const task = useTask(
    useCallback(async () => {
      await app.client.call("keys.unlock", { passphrase });
      // It starts now, and says so when it has.
      setOpened(true);
    }, [app, passphrase]),
  );
  if (opened) {
    return (
      <Page title={t("unlock.title")}>
        <Busy>{t("unlock.opening")}</Busy>
      </Page>
    );
  }
  return (
    <Page title={t("unlock.title")} lead={t("unlock.lead")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (passphrase) void task.start();
        }}
      >
        <Field
          label={t("unlock.passphrase")}
          problem={task.problem}
          type="password"
          autoComplete="current-password"
          autoFocus
          large
          value={passphrase}
          onChange={(event) => setPassphrase(event.target.value)}
        />
        <Button type="submit" kind="primary" large className="mt-5 w-full" disabled={!passphrase || task.busy}>
          {t("unlock.go")}
        </Button>
      </form>
      <p className="mt-6 text-13 text-quiet">{t("unlock.forgotten")}</p>
    </Page>
  );
}
