import { useState, type ReactNode } from "react";
import { t } from "../i18n/messages.ts";
import { Button } from "./Button.tsx";
import { Field } from "./Field.tsx";
import { longestName } from "./NameForm.tsx";
import { unseenName } from "./unseen-name.ts";
import { useTask } from "./use-task.ts";

interface Props {
  label: string;
  hint: ReactNode;
  name: string;
  /** Empty is an answer too. */
  mayBeEmpty?: boolean;
  className?: string;
  /** Given the name without spaces around it. */
  save(name: string): Promise<void>;
  onDone(): void;
}

/** A name changed in its place, saved or left as it was. */
export function SavedName({ label, hint, name, mayBeEmpty = false, className, save, onDone }: Props) {
  const [typed, setTyped] = useState(name);
  const final = typed.trim();
  const unseen = unseenName(final);
  const ready = unseen === null && (mayBeEmpty || final !== "");
  const task = useTask(async () => {
    await save(final);
    onDone();
  });
  return (
    <form
      autoComplete="off"
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void task.start();
      }}
    >
      <Field label={label} hint={hint} problem={unseen ?? task.problem} value={typed} maxLength={longestName} autoFocus onChange={(event) => setTyped(event.target.value)} />
      <div className="mt-2 flex flex-wrap gap-2">
        <Button type="submit" kind="primary" disabled={!ready || task.busy}>
          {t("save")}
        </Button>
        <Button kind="quiet" onClick={onDone}>
          {t("dialog.cancel")}
        </Button>
      </div>
    </form>
  );
}
