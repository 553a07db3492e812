/** What this person says of themselves, for how long, and what stands there while they are away. */
import type { OwnPresence } from "@multichat/client/contract";
import { Smile } from "lucide-react";
import { useCallback, useState, type FormEvent } from "react";
import { Button } from "../design/Button.tsx";
import { Choice } from "../design/Choice.tsx";
import { Field } from "../design/Field.tsx";
import { useTask } from "../design/use-task.ts";
import { PickerHost } from "../emoji/PickerHost.tsx";
import { openPicker } from "../emoji/picker-state.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { ends, endOf, presets, type StatusEnd } from "./presets.ts";

export function StatusForm({ own }: { own: OwnPresence }) {
  const app = useApp();
  const [emoji, setEmoji] = useState(own.status?.emoji ?? null);
  const [text, setText] = useState(own.status?.text ?? "");
  const [away, setAway] = useState(own.status?.away ?? "");
  const [end, setEnd] = useState<StatusEnd | "kept">(
    own.status && own.status.until !== 0 ? "kept" : "never",
  );
  // What lasts already may go on so.
  const choices: readonly (StatusEnd | "kept")[] =
    own.status && own.status.until !== 0 ? ["kept", ...ends] : ends;
  const save = useTask(
    useCallback(
      async (kept: boolean) => {
        const until = end === "kept" ? (own.status?.until ?? 0) : endOf(end, Date.now());
        const status = kept
          ? { emoji, text: text.trim() || null, away: away.trim() || null, until }
          : null;
        await app.client.call("presence.set", { status });
      },
      [app, own, emoji, text, away, end],
    ),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save.start(true);
  };
  return (
    <form className="max-w-104 space-y-3" onSubmit={submit}>
      <div className="flex flex-wrap gap-2">
        {presets.map((preset) => (
          <Button
            key={preset.name}
            onClick={() => {
              setEmoji(preset.emoji);
              setText(t(`status.preset.${preset.name}`));
              setEnd(preset.end);
            }}
          >
            {preset.emoji} {t(`status.preset.${preset.name}`)}
          </Button>
        ))}
      </div>
      <div className="flex items-end gap-2">
        <Button
          aria-label={emoji ? t("status.emojiNow", { emoji }) : t("status.emoji")}
          onClick={(event) => openPicker(app, event.currentTarget, setEmoji)}
        >
          {emoji ?? <Smile aria-hidden="true" className="size-4.5" />}
        </Button>
        <div className="min-w-0 flex-1">
          <Field
            label={t("status.text")}
            value={text}
            maxLength={100}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      </div>
      <Field
        label={t("status.away")}
        value={away}
        maxLength={200}
        onChange={(event) => setAway(event.target.value)}
      />
      <Choice<StatusEnd | "kept">
        label={t("status.until")}
        value={end}
        options={choices.map((value) => ({ value, label: t(`status.end.${value}`) }))}
        onChoose={setEnd}
      />
      {save.problem && (
        <p role="alert" className="text-13 text-bad-text">
          {save.problem}
        </p>
      )}
      <div className="flex gap-2">
        <Button type="submit" kind="primary" disabled={save.busy}>
          {t("status.save")}
        </Button>
        {own.status && (
          <Button disabled={save.busy} onClick={() => void save.start(false)}>
            {t("status.clear")}
          </Button>
        )}
      </div>
      <PickerHost inDialog />
    </form>
  );
}
