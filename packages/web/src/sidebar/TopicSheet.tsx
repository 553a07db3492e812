import type { Id } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Button } from "../design/Button.tsx";
import { Dialog, DialogActions } from "../design/Dialog.tsx";
import { Field } from "../design/Field.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";

export function TopicSheet({ channel }: { channel: Id }) {
  const app = useApp();
  const info = useAppState((s) => s.channels[channel]);
  const [topic, setTopic] = useState(info?.topic ?? "");
  const task = useTask(
    useCallback(async () => {
      const answer = await app.client.call("channel.topic", { channel, topic: topic.trim() });
      app.store.setState((s) => ({ channels: { ...s.channels, [channel]: answer.channel } }));
      closeSheet(app);
    }, [app, channel, topic]),
  );
  return (
    <Dialog title={t("topic.title", { name: info?.name ?? "" })} onClose={() => closeSheet(app)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void task.start();
        }}
      >
        <Field
          label={t("topic.label")}
          hint={t("topic.hint")}
          value={topic}
          onChange={(event) => setTopic(event.target.value)}
          maxLength={250}
          autoComplete="off"
          autoFocus
          problem={task.problem}
        />
        <DialogActions>
          <Button onClick={() => closeSheet(app)}>{t("dialog.cancel")}</Button>
          <Button kind="primary" type="submit" disabled={task.busy}>
            {t("topic.save")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
