/** Replaces the recovery phrase: the old words, where they are no longer here, and out come new ones to write down. */
import { useCallback } from "react";
import { Button } from "../design/Button.tsx";
import { Dialog, DialogActions } from "../design/Dialog.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { closeSheet, openSheet } from "../state/store.ts";
import { useWords } from "./use-words.ts";
import { WordsField } from "./WordsField.tsx";

export function RotateSheet() {
  const app = useApp();
  const here = useAppState((s) => s.status?.phraseUnsaved ?? false);
  const { text, setText, words, check, examine } = useWords();
  const close = () => closeSheet(app);
  const task = useTask(
    useCallback(async () => {
      if (!here && !(await examine())) return;
      await app.client.call("account.rotate", here ? {} : { words: [...words] });
      // From here on it is as after creating the account: look at them, type three of them back.
      openSheet(app, { kind: "phrase" });
    }, [app, here, examine, words]),
  );
  return (
    <Dialog wide title={t("rotate.title")} onClose={close}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void task.start();
        }}
      >
        <p className="mb-4 text-quiet">{t(here ? "rotate.leadHere" : "rotate.lead")}</p>
        <p className="mb-4 text-13 text-quiet">{t("rotate.rootStays")}</p>
        {!here && <WordsField text={text} onText={setText} check={check} problem={null} />}
        <Problem text={task.problem} />
        <DialogActions>
          <Button onClick={close}>{t("dialog.cancel")}</Button>
          <Button type="submit" kind="danger" disabled={(!here && words.length === 0) || task.busy}>
            {t("rotate.confirm")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
