/** Signs a device of one's own out, everywhere and for ever. Says what that does before it is done. */
import { revokeReasons, type Id, type RevokeReason } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Button } from "../design/Button.tsx";
import { Dialog, DialogActions } from "../design/Dialog.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { Radios } from "../settings/Radios.tsx";
import { useApp, useAppState } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";

export function RevokeSheet({ device: id }: { device: Id }) {
  const app = useApp();
  const device = useAppState((s) => s.devices?.find((candidate) => candidate.id === id));
  const [reason, setReason] = useState<RevokeReason>("retired");
  const close = () => closeSheet(app);
  const task = useTask(
    useCallback(async () => {
      await app.client.call("device.revoke", { device: id, reason });
      closeSheet(app);
    }, [app, id, reason]),
  );
  const name = device?.name ?? "";
  return (
    <Dialog title={t("revoke.title", { name })} onClose={close}>
      <Radios<RevokeReason>
        title={t("revoke.why")}
        value={reason}
        options={revokeReasons.map((value) => ({ value, label: t(`revoke.reason.${value}`) }))}
        onChoose={setReason}
      />
      <ul className="mt-4 list-disc space-y-1.5 ps-5">
        <li>{t("revoke.at")}</li>
        <li>{t("revoke.kept")}</li>
        <li>{t("revoke.forGood")}</li>
      </ul>
      {reason !== "retired" && <p className="mt-4 text-13 text-quiet">{t("revoke.stolenToo")}</p>}
      <Problem text={task.problem} />
      <DialogActions>
        <Button onClick={close}>{t("dialog.cancel")}</Button>
        <Button kind="danger" disabled={task.busy || !device} onClick={() => void task.start()}>
          {t("revoke.confirm", { name })}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
