import { useState } from "react";
import { Button } from "../design/Button.tsx";
import { Dialog, DialogActions } from "../design/Dialog.tsx";
import { Field } from "../design/Field.tsx";
import { useNow } from "../design/use-now.ts";
import { t } from "../i18n/messages.ts";
import { localInput } from "../moderation/local-input.ts";

const hour = 3_600_000;

/** When a message is to be sent. */
export function ChooseTime({
  onChoose,
  onClose,
}: {
  onChoose(at: number): Promise<void>;
  onClose(): void;
}) {
  const [value, setValue] = useState(() => localInput(Date.now() + hour));
  const at = new Date(value).getTime();
  const now = useNow();
  const past = !(at > now);
  return (
    <Dialog title={t("schedule.choose")} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (past) return;
          onClose();
          void onChoose(at);
        }}
      >
        <Field
          label={t("schedule.at")}
          type="datetime-local"
          value={value}
          onChange={(event) => setValue(event.target.value)}
          problem={past ? t("schedule.past") : null}
          hint={t("schedule.about")}
          autoFocus
        />
        <DialogActions>
          <Button onClick={onClose}>{t("dialog.cancel")}</Button>
          <Button kind="primary" type="submit" disabled={past}>
            {t("schedule.go")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
