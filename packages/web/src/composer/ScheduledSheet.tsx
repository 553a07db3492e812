import { safeFileName } from "@multichat/client";
import type { Scheduled } from "@multichat/client/contract";
import { Paperclip } from "lucide-react";
import { Button } from "../design/Button.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { fullTime } from "../i18n/dates.ts";
import { listText } from "../i18n/lists.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { placeName } from "../state/places.ts";
import { closeSheet } from "../state/store.ts";
import { useListed } from "../state/use-listed.ts";

/** What is to be sent later, the soonest first, and what could not be sent when it was due. */
export function ScheduledSheet() {
  const app = useApp();
  const list = useListed("schedule.list", {}, "scheduled", null);
  const scheduled = list.value?.scheduled.toSorted((a, b) => a.at - b.at);
  const cancel = useTask(async (id: string) => {
    await app.client.call("schedule.cancel", { scheduled: id });
    list.set({ scheduled: (scheduled ?? []).filter((other) => other.id !== id) });
  });
  return (
    <Dialog title={t("schedule.show")} wide onClose={() => closeSheet(app)}>
      {scheduled?.length === 0 && <p className="text-quiet">{t("schedule.none")}</p>}
      <ul className="divide-y divide-line">
        {scheduled?.map((one) => (
          <Row
            key={one.id}
            scheduled={one}
            busy={cancel.busy}
            onCancel={() => void cancel.start(one.id)}
          />
        ))}
      </ul>
      <Problem text={list.problem ?? cancel.problem} />
      <p className="mt-3 text-13 text-quiet">{t("schedule.about")}</p>
    </Dialog>
  );
}

function Row({
  scheduled,
  busy,
  onCancel,
}: {
  scheduled: Scheduled;
  busy: boolean;
  onCancel(): void;
}) {
  const channel = useAppState((s) => s.channels[scheduled.channel]);
  const space = useAppState((s) => s.spaces[channel?.space ?? ""]);
  const name = space && channel ? placeName(space, channel) : "";
  const place = space?.kind === "team" ? `#${name}` : name;
  return (
    <li className="flex items-start gap-3 py-3">
      <div className="min-w-0 flex-1">
        <p className="line-clamp-3 whitespace-pre-wrap wrap-anywhere" dir="auto">
          {scheduled.text}
        </p>
        {scheduled.files.length > 0 && (
          <p className="flex items-center gap-1.5 text-13">
            <Paperclip aria-hidden="true" className="size-3.5 shrink-0 text-quiet" />
            <bdi className="min-w-0 wrap-anywhere">
              {listText(scheduled.files.map(safeFileName))}
            </bdi>
          </p>
        )}
        <p className="mt-0.5 text-13 text-quiet">
          {t(scheduled.thread ? "schedule.thread" : "schedule.where", {
            place,
            when: fullTime(scheduled.at),
          })}
        </p>
        {scheduled.problem && (
          <p className="text-13 text-bad-text">
            {t("schedule.failed", { reason: scheduled.problem })}
          </p>
        )}
      </div>
      <Button disabled={busy} onClick={onCancel}>
        {t("schedule.cancel")}
      </Button>
    </li>
  );
}
