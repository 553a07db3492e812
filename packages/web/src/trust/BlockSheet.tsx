import type { Id } from "@multichat/client/contract";
import { useCallback } from "react";
import { Button } from "../design/Button.tsx";
import { Dialog, DialogActions } from "../design/Dialog.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";

export function BlockSheet({ account, name }: { account: Id; name: string }) {
  const app = useApp();
  const close = () => closeSheet(app);
  const task = useTask(
    useCallback(async () => {
      await app.client.call("contact.block", { account });
      closeSheet(app);
    }, [app, account]),
  );
  return (
    <Dialog title={t("block.title", { name })} onClose={close}>
      <ul className="list-disc space-y-1.5 ps-5">
        <li>{t("block.hidden")}</li>
        <li>{t("block.quiet")}</li>
        <li>{t("block.untold")}</li>
        <li>{t("block.stillReads")}</li>
      </ul>
      <Problem text={task.problem} />
      <DialogActions>
        <Button onClick={close}>{t("dialog.cancel")}</Button>
        <Button kind="danger" disabled={task.busy} onClick={() => void task.start()}>
          {t("block.confirm", { name })}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
