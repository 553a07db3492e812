import type { Message } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Button } from "../design/Button.tsx";
import { Dialog, DialogActions } from "../design/Dialog.tsx";
import { TextArea } from "../design/TextArea.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { MessageQuote } from "./MessageQuote.tsx";

/** The most characters of a reason (spec/07, reports). */
const longestReason = 500;

/** Tells those who may delete messages about one, and nobody else. */
export function ReportSheet({ message }: { message: Message }) {
  const app = useApp();
  const [typed, setTyped] = useState("");
  const [done, setDone] = useState(false);
  const reason = typed.trim();
  const task = useTask(
    useCallback(async () => {
      await app.client.call("report.create", { message: message.id, reason });
      setDone(true);
    }, [app, message.id, reason]),
  );
  if (done) {
    return (
      <Dialog title={t("report.done")} onClose={() => closeSheet(app)}>
        <p role="status">{t("report.told")}</p>
        <DialogActions>
          <Button kind="primary" onClick={() => closeSheet(app)}>
            {t("dialog.close")}
          </Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <Dialog title={t("report.title")} onClose={() => closeSheet(app)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason) void task.start();
        }}
      >
        <MessageQuote message={message} />
        <TextArea
          className="mt-4"
          label={t("report.reason")}
          hint={t("report.whoSees", { name: message.author.name })}
          problem={task.problem}
          value={typed}
          maxLength={longestReason}
          rows={3}
          autoFocus
          onChange={(event) => setTyped(event.target.value)}
        />
        <DialogActions>
          <Button onClick={() => closeSheet(app)}>{t("dialog.cancel")}</Button>
          <Button kind="primary" type="submit" disabled={!reason || task.busy}>
            {t("report.send")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
