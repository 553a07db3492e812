import type { Identity } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";

/** One's own name for somebody; empty takes it away. */
export function PetnameForm({ person, onDone }: { person: Identity; onDone(): void }) {
  const app = useApp();
  const [petname, setPetname] = useState(person.petname ?? "");
  const task = useTask(
    useCallback(async () => {
      await app.client.call("contact.name", { account: person.id, petname: petname.trim() });
      onDone();
    }, [app, person.id, petname, onDone]),
  );
  return (
    <form
      autoComplete="off"
      className="mt-3"
      onSubmit={(event) => {
        event.preventDefault();
        void task.start();
      }}
    >
      <Field
        label={t("petname.label")}
        hint={t("petname.hint")}
        problem={task.problem}
        value={petname}
        maxLength={64}
        autoFocus
        onChange={(event) => setPetname(event.target.value)}
      />
      <div className="mt-2 flex gap-2">
        <Button type="submit" kind="primary" disabled={task.busy}>
          {t("save")}
        </Button>
        <Button kind="quiet" onClick={onDone}>
          {t("dialog.cancel")}
        </Button>
      </div>
    </form>
  );
}
