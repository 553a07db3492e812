import { t } from "../i18n/messages.ts";
import { Button } from "./Button.tsx";
import { DialogActions } from "./Dialog.tsx";
import { Problem } from "./Problem.tsx";
import { useTask } from "./use-task.ts";

interface Props {
  /** What the button does, naming it. */
  label: string;
  kind?: "danger" | "primary";
  disabled?: boolean;
  cancelLabel?: string;
  run(): Promise<void>;
  onCancel(): void;
}

/** The foot of a dialog that asks before something is done: the way back has the focus. */
export function Confirm({ label, kind = "danger", disabled = false, cancelLabel, run, onCancel }: Props) {
  const task = useTask(run);
  return (
    <>
      <Problem text={task.problem} />
      <DialogActions>
        <Button data-autofocus onClick={onCancel}>
          {cancelLabel ?? t("dialog.cancel")}
        </Button>
        <Button kind={kind} className="max-w-full py-1.5 wrap-anywhere" disabled={disabled || task.busy} onClick={() => void task.start()}>
          {label}
        </Button>
      </DialogActions>
    </>
  );
}
