import type { Id } from "@multichat/client/contract";
import { useState } from "react";
import { Button } from "../design/Button.tsx";
import { Dialog, DialogActions } from "../design/Dialog.tsx";
import { Field } from "../design/Field.tsx";
import { Problem } from "../design/Problem.tsx";
import { TextArea } from "../design/TextArea.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { threadPane } from "../state/address.ts";
import { changeTimeline } from "../state/change-timeline.ts";
import { useApp } from "../state/context.tsx";
import { navigate } from "../state/route.ts";
import { closeSheet } from "../state/store.ts";
import { mergeMessages } from "../state/timeline.ts";

const mostTags = 5;

/** A new topic of a forum. */
export function CreateTopicSheet({ channel }: { channel: Id }) {
  const app = useApp();
  const [title, setTitle] = useState("");
  const [text, setText] = useState("");
  const [tags, setTags] = useState("");
  const named = [
    ...new Set(
      tags
        .split(",")
        .map((tag) => tag.trim().slice(0, 32))
        .filter(Boolean),
    ),
  ];
  const task = useTask(async () => {
    const { message } = await app.client.call("message.send", {
      channel,
      text: text.trim(),
      title: title.trim(),
      ...(named.length > 0 && { tags: named }),
    });
    changeTimeline(app, channel, (timeline) => ({
      ...timeline,
      messages: mergeMessages(timeline.messages, [message]),
    }));
    navigate(app, { at: "space", space: message.space, channel, pane: threadPane(message.id) });
  });
  const tooMany = named.length > mostTags;
  const ready = title.trim() !== "" && text.trim() !== "" && !tooMany;
  return (
    <Dialog title={t("forum.create")} wide onClose={() => closeSheet(app)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void task.start();
        }}
      >
        <Field
          label={t("forum.title")}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          maxLength={200}
          autoComplete="off"
          autoFocus
        />
        <TextArea
          label={t("forum.text")}
          rows={6}
          className="mt-4"
          value={text}
          onChange={(event) => setText(event.target.value)}
          maxLength={40_000}
        />
        <Field
          label={t("forum.tags")}
          hint={t("forum.tagsHint")}
          className="mt-4"
          value={tags}
          onChange={(event) => setTags(event.target.value)}
          autoComplete="off"
          problem={tooMany ? t("forum.tooManyTags", { count: mostTags }) : null}
        />
        <Problem text={task.problem} />
        <DialogActions>
          <Button onClick={() => closeSheet(app)}>{t("dialog.cancel")}</Button>
          <Button kind="primary" type="submit" disabled={!ready || task.busy}>
            {t("forum.start")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
