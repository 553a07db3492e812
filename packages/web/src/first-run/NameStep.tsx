import { useCallback, useState } from "react";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";

export function NameStep({ onDone }: { onDone(): void }) {
  const app = useApp();
  const [name, setName] = useState("");
  const task = useTask(
    useCallback(async () => {
      const { account } = await app.client.call("account.create", { name: name.trim() });
      app.store.setState((s) => ({
        status: s.status && { ...s.status, account, phraseUnsaved: true },
      }));
      onDone();
    }, [app, name, onDone]),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) void task.start();
      }}
    >
      <Field
        label={t("name.label")}
        hint={t("name.hint")}
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={64}
        autoComplete="nickname"
        autoFocus
        large
        problem={task.problem}
      />
      <Button type="submit" kind="primary" large className="mt-6 w-full" disabled={!name.trim() || task.busy}>
        {t("firstRun.continue")}
      </Button>
    </form>
  );
}
