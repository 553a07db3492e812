import type { Id } from "@multichat/client/contract";
import { useCallback } from "react";
import { Button } from "../design/Button.tsx";
import { Dialog, DialogActions } from "../design/Dialog.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";

/** Names the workspace, says what the others see and what remains. */
export function LeaveSheet({ space }: { space: Id }) {
  const app = useApp();
  const info = useAppState((s) => s.spaces[space]);
  const task = useTask(
    useCallback(async () => {
      await app.client.call("space.leave", { space });
      app.store.setState((s) => {
        const { [space]: _left, ...spaces } = s.spaces;
        return { spaces };
      });
      closeSheet(app);
    }, [app, space]),
  );
  if (!info) return null;
  return (
    <Dialog title={t("leave.title", { name: info.name })} onClose={() => closeSheet(app)}>
      <ul className="list-disc space-y-2 ps-5 text-quiet">
        <li>{t("leave.others")}</li>
        <li>{t("leave.messages")}</li>
        <li>{t("leave.here")}</li>
        <li>{t("leave.back")}</li>
        {info.members === 1 && <li className="text-bad-text">{t("leave.last")}</li>}
      </ul>
      {task.problem && (
        <p role="alert" className="mt-4 text-13 text-bad-text">
          {task.problem}
        </p>
      )}
      <DialogActions>
        <Button data-autofocus onClick={() => closeSheet(app)}>
          {t("leave.stay")}
        </Button>
        <Button kind="danger" className="max-w-full py-1.5 wrap-anywhere" disabled={task.busy} onClick={() => void task.start()}>
          {t("leave.confirm", { name: info.name })}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
