import { Dialog } from "../design/Dialog.tsx";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { CreateOrJoin } from "./CreateOrJoin.tsx";

export function AddWorkspaceSheet() {
  const app = useApp();
  const close = () => closeSheet(app);
  return (
    <Dialog title={t("rail.add")} onClose={close}>
      <CreateOrJoin onDone={close} />
    </Dialog>
  );
}
