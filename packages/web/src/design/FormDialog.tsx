import type { ReactNode } from "react";
import { t } from "../i18n/messages.ts";
import { Button } from "./Button.tsx";
import { Dialog, DialogActions } from "./Dialog.tsx";
import { Problem } from "./Problem.tsx";

interface Props {
  title: string;
  wide?: boolean;
  /** What the last button says. */
  submit: string;
  /** What was filled in can be taken as it is. */
  ready: boolean;
  busy?: boolean;
  problem?: string | null;
  onSubmit(): void;
  onClose(): void;
  children: ReactNode;
}

/** A dialog in which something is filled in; Enter in a field does what its last button does. */
export function FormDialog({
  title,
  wide = false,
  submit,
  ready,
  busy = false,
  problem = null,
  onSubmit,
  onClose,
  children,
}: Props) {
  return (
    <Dialog title={title} wide={wide} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // Nor for a form from which it was opened.
          event.stopPropagation();
          if (ready && !busy) onSubmit();
        }}
      >
        {children}
        <Problem text={problem} />
        <DialogActions>
          <Button onClick={onClose}>{t("dialog.cancel")}</Button>
          <Button kind="primary" type="submit" disabled={!ready || busy}>
            {submit}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
