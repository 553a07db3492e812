import type { Id, Person } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Button } from "../design/Button.tsx";
import { Dialog, DialogActions } from "../design/Dialog.tsx";
import { Field } from "../design/Field.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { channelNameFrom } from "../sidebar/channel-name.ts";
import { useApp } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { openPlace } from "./open-place.ts";
import { PeoplePicker } from "./PeoplePicker.tsx";
import { useMembers } from "./use-members.ts";

/** A channel for some members alone. */
export function CreatePrivateSheet({ space }: { space: Id }) {
  const app = useApp();
  const others = useMembers(space)?.filter(({ you }) => !you) ?? null;
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly Person[]>([]);
  const final = channelNameFrom(name);
  const task = useTask(
    useCallback(async () => {
      openPlace(app, await app.client.call("private.create", { space, name: final, members: chosen.map(({ id }) => id) }));
    }, [app, space, final, chosen]),
  );
  return (
    <Dialog title={t("private.create")} onClose={() => closeSheet(app)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (final) void task.start();
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
        <div className="mt-4">
          <PeoplePicker label={t("private.people")} people={others} chosen={chosen} onChange={setChosen} />
        </div>
        <p className="mt-3 text-13 text-quiet">{t("private.whoSees")}</p>
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
