import { Dialog } from "../design/Dialog.tsx";
import { t } from "../i18n/messages.ts";
import { PartMissingNote } from "./PartMissingNote.tsx";

/** In place of a dialog that could not be fetched. */
export function MissingSheet({ onClose }: { onClose(): void }) {
  return (
    <Dialog title={t("part.missing")} onClose={onClose}>
      <PartMissingNote />
    </Dialog>
  );
}
