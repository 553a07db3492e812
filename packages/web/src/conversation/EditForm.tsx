/** In place of a text that is being changed. */
import type { Message } from "@multichat/client/contract";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { tooLong } from "../composer/too-long.ts";
import { useShortcodes } from "../composer/use-shortcodes.ts";
import { Button } from "../design/Button.tsx";
import { problemText } from "../i18n/problem-text.ts";
import { t } from "../i18n/messages.ts";
import { changeMessage } from "../state/change-timeline.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { readable, written } from "../state/readable.ts";
import { openSheet } from "../state/store.ts";

export function EditForm({ message }: { message: Message }) {
  const app = useApp();
  const { enterSends } = useAppState((s) => s.settings);
  const area = useRef<HTMLTextAreaElement>(null);
  const before = readable(message);
  // Kept outside of the row, which is gone while one is elsewhere.
  const text = useAppState((s) => s.editing?.text) ?? before;
  const [problem, setProblem] = useState<string | null>(null);
  const shortcodes = useShortcodes();

  useEffect(() => {
    const field = area.current;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }, []);

  const close = () => {
    const row = area.current?.closest<HTMLElement>("[data-row]");
    app.store.setState({ editing: null });
    row?.focus();
  };
  const save = async () => {
    await shortcodes.settled();
    const next = (app.store.getState().editing?.text ?? before).trimEnd();
    if (next === before) return close();
    if (!next.trim()) {
      close();
      openSheet(app, { kind: "delete-message", message });
      return;
    }
    const long = tooLong(written(next, message.mentions));
    setProblem(long);
    if (long) return;
    try {
      const answer = await app.client.call("message.edit", {
        message: message.id,
        text: written(next, message.mentions),
        ...(message.title !== null && { title: message.title }),
        ...(message.tags.length > 0 && { tags: message.tags }),
      });
      changeMessage(app, answer.message);
      close();
    } catch (error) {
      setProblem(problemText(error));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Not for the row, the list or the pane around it.
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") close();
    if (event.key !== "Enter" || event.shiftKey || enterSends === (event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void save();
  };

  return (
    <div className="py-1">
      <textarea
        ref={area}
        dir="auto"
        aria-label={t("edit.label")}
        value={text}
        onChange={({ target, nativeEvent }) => {
          app.store.setState((s) => ({ editing: s.editing && { ...s.editing, text: target.value } }));
          shortcodes.onChange(text, target, nativeEvent);
        }}
        onCompositionEnd={shortcodes.onCompositionEnd}
        onKeyDown={onKeyDown}
        className="block max-h-[40vh] w-full resize-none rounded-m border border-accent bg-surface px-3.5 py-2 [field-sizing:content] wrap-anywhere focus-visible:shadow-[0_0_0_1px_var(--accent)] focus-visible:outline-none"
      />
      {problem && (
        <p role="alert" className="mt-1 text-13 text-bad-text">
          {problem}
        </p>
      )}
      <div className="mt-1.5 flex flex-wrap items-center gap-2">
        <Button kind="primary" onClick={() => void save()}>
          {t("edit.save")}
        </Button>
        <Button onClick={close}>{t("dialog.cancel")}</Button>
        <span className="text-12 text-quiet max-two:hidden">{t("edit.keys")}</span>
      </div>
    </div>
  );
}
