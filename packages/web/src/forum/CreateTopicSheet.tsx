import type { Channel, Id, Space } from "@multichat/client/contract";
import { Paperclip } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { FileInput } from "../composer/FileInput.tsx";
import { useAttaching } from "../composer/use-attaching.ts";
import { useShortcodes } from "../composer/use-shortcodes.ts";
import { longestText } from "../composer/too-long.ts";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { TextArea } from "../design/TextArea.tsx";
import { useTask } from "../design/use-task.ts";
import { StagedFiles } from "../files/StagedFiles.tsx";
import { t } from "../i18n/messages.ts";
import { threadPane } from "../state/address.ts";
import { changeTimeline } from "../state/change-timeline.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { navigate } from "../state/route.ts";
import { clearStaged, draftOf, stagedAt, whenReady } from "../state/staging.ts";
import { closeSheet } from "../state/store.ts";
import { mergeMessages } from "../state/timeline.ts";

const mostTags = 5;

/** A new topic of a forum. */
export function CreateTopicSheet({ channel: id }: { channel: Id }) {
  const channel = useAppState((s) => s.channels[id]);
  const space = useAppState((s) => s.spaces[channel?.space ?? ""]);
  return space && channel ? <TopicForm space={space} channel={channel} /> : null;
}

function TopicForm({ space, channel }: { space: Space; channel: Channel }) {
  const app = useApp();
  const [title, setTitle] = useState("");
  const [text, setText] = useState("");
  const shortcodes = useShortcodes();
  const [tags, setTags] = useState("");
  const [once, setOnce] = useState(false);
  // Apart from what waits to be sent in the forum's threads.
  const place = `topic/${channel.id}`;
  const fields = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const { staged, why, add, onPaste } = useAttaching(space, channel, place, fields);
  useEffect(() => () => clearStaged(app, place), [app, place]);
  const named = [
    ...new Set(
      tags
        .split(",")
        .map((tag) => tag.trim().slice(0, 32))
        .filter(Boolean),
    ),
  ];
  const task = useTask(async () => {
    if (staged.length > 0 && !(await whenReady(app, place))) return;
    const files = stagedAt(app, place).flatMap((one) => draftOf(one) ?? []);
    const { message } = await app.client.call("message.send", {
      channel: channel.id,
      text: text.trim(),
      title: title.trim(),
      ...(named.length > 0 && { tags: named }),
      ...(files.length > 0 && { files, ...(once && files.length === 1 && { once }) }),
    });
    changeTimeline(app, channel.id, (timeline) => ({
      ...timeline,
      messages: mergeMessages(timeline.messages, [message]),
    }));
    navigate(app, {
      at: "space",
      space: message.space,
      channel: channel.id,
      pane: threadPane(message.id),
    });
  });
  const tooMany = named.length > mostTags;
  const failed = staged.some(({ step }) => step.at === "failed");
  const said = text.trim() !== "" || staged.length > 0;
  return (
    <FormDialog
      title={t("forum.create")}
      wide
      submit={t("forum.start")}
      ready={title.trim() !== "" && said && !tooMany && !failed}
      busy={task.busy}
      problem={task.problem}
      onSubmit={() => void task.start()}
      onClose={() => closeSheet(app)}
    >
      <div ref={fields}>
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
          onChange={(event) => {
            setText(event.target.value);
            shortcodes.onChange(text, event.target, event.nativeEvent);
          }}
          onCompositionEnd={shortcodes.onCompositionEnd}
          onPaste={onPaste}
          maxLength={longestText}
        />
        {staged.length > 0 && (
          <div className="mt-2 rounded-m border border-line">
            <StagedFiles place={place} staged={staged} once={once} onOnce={setOnce} />
          </div>
        )}
        <FileInput ref={input} onFiles={add} />
        <Button
          kind="quiet"
          className="-ms-4 mt-1"
          why={why}
          onClick={() => input.current?.click()}
        >
          <Paperclip aria-hidden="true" className="size-4" />
          {t("files.attach")}
        </Button>
        <Field
          label={t("forum.tags")}
          hint={t("forum.tagsHint")}
          className="mt-4"
          value={tags}
          onChange={(event) => setTags(event.target.value)}
          autoComplete="off"
          problem={tooMany ? t("forum.tooManyTags", { count: mostTags }) : null}
        />
      </div>
    </FormDialog>
  );
}
