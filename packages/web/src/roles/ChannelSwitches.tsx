import type { Channel } from "@multichat/client/contract";
import { useCallback } from "react";
import { Button } from "../design/Button.tsx";
import { Choice } from "../design/Choice.tsx";
import { Problem } from "../design/Problem.tsx";
import { Switch } from "../design/Switch.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { spanText } from "../i18n/spans.ts";
import { useApp } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";
import { openSheet } from "../state/store.ts";

/** Seconds between two messages of one person. */
const pauses = [0, 5, 30, 60, 300, 900, 3_600, 21_600];

/** Lock, slow mode, archive, and making it private. */
export function ChannelSwitches({ channel }: { channel: Channel }) {
  const app = useApp();
  const why = whyNot(channel, "manage-channels");
  const task = useTask(
    useCallback(
      async (change: { lock: boolean } | { archive: boolean } | { slow: number }) => {
        const answer =
          "lock" in change
            ? await app.client.call("channel.lock", { channel: channel.id, on: change.lock })
            : "archive" in change
              ? await app.client.call("channel.archive", { channel: channel.id, on: change.archive })
              : await app.client.call("channel.slow", { channel: channel.id, seconds: change.slow });
        app.store.setState((s) => ({ channels: { ...s.channels, [channel.id]: answer.channel } }));
      },
      [app, channel.id],
    ),
  );
  const steps = pauses.includes(channel.slow) ? pauses : [...pauses, channel.slow].sort((a, b) => a - b);
  return (
    <>
      <Switch label={t("channel.lock")} about={t("channel.lockAbout")} why={why} checked={channel.locked} disabled={task.busy} onChange={(lock) => void task.start({ lock })} />
      <Choice
        className="my-2 max-w-72"
        label={t("channel.slow")}
        value={String(channel.slow)}
        disabled={why !== null || task.busy}
        onChoose={(value) => void task.start({ slow: Number(value) })}
        options={steps.map((seconds) => ({ value: String(seconds), label: seconds === 0 ? t("channel.slowOff") : t("channel.slowEvery", { span: spanText(seconds) }) }))}
      />
      <Switch label={t("channel.archive")} about={t("channel.archiveAbout")} why={why} checked={channel.archived} disabled={task.busy} onChange={(archive) => void task.start({ archive })} />
      <Problem text={task.problem} />
      {!channel.archived && (
        <Button className="mt-3" why={why} onClick={() => openSheet(app, { kind: "make-private", channel: channel.id })}>
          {t("makePrivate.action")}
        </Button>
      )}
    </>
  );
}
