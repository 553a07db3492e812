import type { Id, Report, Space } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Button } from "../../design/Button.tsx";
import { Problem } from "../../design/Problem.tsx";
import { useTask } from "../../design/use-task.ts";
import { dayAndTime } from "../../i18n/dates.ts";
import { t } from "../../i18n/messages.ts";
import { MessageQuote } from "../../moderation/MessageQuote.tsx";
import { whyNotDelete } from "../../moderation/why-not-delete.ts";
import { noteChange } from "../../state/changes.ts";
import { useApp, useAppState } from "../../state/context.tsx";
import { jumpToMessage } from "../../state/jump.ts";
import { openSheet } from "../../state/store.ts";
import { useListed } from "../../state/use-listed.ts";
import { ListProblem } from "../ListProblem.tsx";
import { Radios } from "../Radios.tsx";
import { SectionBody } from "../SectionBody.tsx";
import { SectionSkeleton } from "../SectionSkeleton.tsx";

const lists = ["open", "resolved"] as const;

/** What members reported, and what can be done about it. */
export function WorkspaceReports({ space }: { space: Space }) {
  const { value, problem } = useListed("report.list", { space: space.id }, "reports", space.id);
  const [list, setList] = useState<(typeof lists)[number]>("open");
  if (problem) return <ListProblem text={problem} />;
  if (!value) return <SectionSkeleton />;
  const shown = value.reports.filter(({ resolved }) => (resolved === null) === (list === "open"));
  return (
    <SectionBody>
      <div>
        <Radios title={t("reports.show")} value={list} options={lists.map((name) => ({ value: name, label: t(`reports.${name}`) }))} onChoose={(value: (typeof lists)[number]) => setList(value)} />
        {shown.length === 0 && <p className="mt-4 text-quiet">{t("reports.none")}</p>}
        <ul className="mt-4 space-y-6">
          {shown.map((report) => (
            <Row key={report.id} space={space.id} report={report} />
          ))}
        </ul>
      </div>
    </SectionBody>
  );
}

function Row({ space, report }: { space: Id; report: Report }) {
  const app = useApp();
  const { message, by, at, reason, resolved } = report;
  const channel = useAppState((s) => s.channels[message.channel]?.name);
  const whyKept = useAppState((s) => whyNotDelete(s, message));
  const task = useTask(
    useCallback(async () => {
      await app.client.call("report.resolve", { space, report: report.id });
      noteChange(app, "reports", space);
    }, [app, space, report.id]),
  );
  return (
    <li>
      <p className="mb-2 wrap-anywhere">
        <bdi className="font-medium">{by.name}</bdi>: {reason}
        <span className="block text-12 text-quiet">
          {dayAndTime(at)}
          {channel && ` · #${channel}`}
        </span>
      </p>
      <MessageQuote message={message} />
      {resolved ? (
        <p className="mt-2 text-13 text-quiet">{t("reports.resolvedBy", { name: resolved.by.name, when: dayAndTime(resolved.at) })}</p>
      ) : (
        <div className="mt-2 flex flex-wrap gap-2">
          <Button onClick={() => void jumpToMessage(app, message)}>{t("reports.jump")}</Button>
          {!message.deleted && (
            <Button why={whyKept} onClick={() => openSheet(app, { kind: "delete-message", message })}>
              {t("messages.delete")}
            </Button>
          )}
          <Button onClick={() => openSheet(app, { kind: "member", space, account: message.author.id })}>{t("reports.member", { name: message.author.name })}</Button>
          <Button kind="primary" disabled={task.busy} onClick={() => void task.start()}>
            {t("reports.resolve")}
          </Button>
        </div>
      )}
      <Problem text={task.problem} />
    </li>
  );
}
