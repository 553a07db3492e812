import type { Person } from "@multichat/client/contract";
import { useCallback, useEffect, useState } from "react";
import { Button } from "../design/Button.tsx";
import { Dialog, DialogActions } from "../design/Dialog.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { problemText } from "../i18n/problem-text.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { openPlace } from "./open-place.ts";
import { PeoplePicker } from "./PeoplePicker.tsx";

/** Whom to write to: one person, or several at once. */
export function NewMessageSheet() {
  const app = useApp();
  const [people, setPeople] = useState<readonly Person[] | null>(null);
  const [missing, setMissing] = useState<string | null>(null);
  const [chosen, setChosen] = useState<readonly Person[]>([]);
  const task = useTask(
    useCallback(async () => {
      openPlace(app, await app.client.call("dm.open", { accounts: chosen.map(({ id }) => id) }));
    }, [app, chosen]),
  );
  useEffect(() => {
    app.client.call("person.list", {}).then(
      (answer) => setPeople(answer.people.filter(({ you, blocked }) => !you && !blocked)),
      (error: unknown) => setMissing(problemText(error)),
    );
  }, [app]);
  const problem = task.problem ?? missing;

  return (
    <Dialog title={t("direct.new")} onClose={() => closeSheet(app)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.length > 0) void task.start();
        }}
      >
        <PeoplePicker label={t("direct.to")} people={people} chosen={chosen} onChange={setChosen} autoFocus />
        <p className="mt-3 text-13 text-quiet">{t(chosen.length > 1 ? "direct.whoSeesGroup" : "direct.whoSees")}</p>
        <Problem text={problem} />
        <DialogActions>
          <Button onClick={() => closeSheet(app)}>{t("dialog.cancel")}</Button>
          <Button kind="primary" type="submit" disabled={chosen.length === 0 || task.busy}>
            {t("direct.open")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
