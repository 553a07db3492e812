import { useState, type ReactNode } from "react";
import { Field } from "../design/Field.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { unseenName } from "../design/unseen-name.ts";
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
  const unseen = unseenName(final);
  const task = useTask(create);
  return (
    <FormDialog
      title={title}
      submit={t("channel.createButton")}
      ready={final !== "" && unseen === null}
      busy={task.busy}
      onSubmit={() => void task.start(final)}
      onClose={() => closeSheet(app)}
    >
      <Field
        label={t("channel.name")}
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={64}
        autoComplete="off"
        autoFocus
        problem={unseen ?? task.problem}
        hint={final && final !== name ? t("channel.nameBecomes", { name: final }) : t("channel.nameHint")}
      />
      <div className="mt-4">{children}</div>
      <p className="mt-4 text-13 text-quiet">{whoSees}</p>
    </FormDialog>
  );
}
