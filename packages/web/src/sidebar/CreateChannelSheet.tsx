import type { Id } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Button } from "../design/Button.tsx";
import { Dialog, DialogActions } from "../design/Dialog.tsx";
import { Field } from "../design/Field.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { navigate } from "../state/route.ts";
import { closeSheet } from "../state/store.ts";
import { channelNameFrom } from "./channel-name.ts";

export function CreateChannelSheet({ space }: { space: Id }) {
  const app = useApp();
  const [name, setName] = useState("");
  const [topic, setTopic] = useState("");
  const task = useTask(
    useCallback(async () => {
      const wanted = topic.trim();
      const { channel } = await app.client.call("channel.create", {
        space,
        name: channelNameFrom(name),
        ...(wanted ? { topic: wanted } : {}),
      });
      app.store.setState((s) => ({ channels: { ...s.channels, [channel.id]: channel } }));
      navigate(app, { at: "space", space, channel: channel.id, pane: null });
    }, [app, space, name, topic]),
  );
  const final = channelNameFrom(name);
  return (
    <Dialog title={t("channel.create")} onClose={() => closeSheet(app)}>
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
        <Field
          className="mt-4"
          label={t("channel.topicOptional")}
          value={topic}
          onChange={(event) => setTopic(event.target.value)}
          maxLength={250}
          autoComplete="off"
        />
        <p className="mt-4 text-13 text-quiet">{t("channel.whoSees")}</p>
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
