import { useState, type ReactNode } from "react";
import { Button } from "../design/Button.tsx";
import { Dialog, DialogActions } from "../design/Dialog.tsx";
import { Field } from "../design/Field.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { channelNameFrom } from "./channel-name.ts";

interface Props {
  title: string;
  whoSees: string;
  /** Given the name as channels have it, which is never empty. */
  create(name: string): Promise<void>;
  children: ReactNode;
}

/** A dialog for a new channel: its name, what else belongs to its kind, and who will see it. */
export function NewChannelForm({ title, whoSees, create, children }: Props) {
  const app = useApp();
  const [name, setName] = useState("");
  const final = channelNameFrom(name);
  const task = useTask(create);
  return (
    <Dialog title={title} onClose={() => closeSheet(app)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (final) void task.start(final);
        }}
      >
        <Field
          label={t("channel.name")}
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={64}
          autoComplete="off"
          autoFocus
          problem={task.problem}
          hint={final && final !== name ? t("channel.nameBecomes", { name: final }) : t("channel.nameHint")}
        />
        <div className="mt-4">{children}</div>
        <p className="mt-4 text-13 text-quiet">{whoSees}</p>
        <DialogActions>
          <Button onClick={() => closeSheet(app)}>{t("dialog.cancel")}</Button>
          <Button kind="primary" type="submit" disabled={!final || task.busy}>
            {t("channel.createButton")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
