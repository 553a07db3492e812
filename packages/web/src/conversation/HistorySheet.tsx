import type { Message, Result } from "@multichat/client/contract";
import { useEffect, useState } from "react";
import { Dialog } from "../design/Dialog.tsx";
import { Problem } from "../design/Problem.tsx";
import { Skeleton } from "../design/Skeleton.tsx";
import { dayAndTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { problemText } from "../i18n/problem-text.ts";
import { useApp } from "../state/context.tsx";
import { readable } from "../state/readable.ts";
import { closeSheet } from "../state/store.ts";

/** Every text a message has had, the newest first. */
export function HistorySheet({ message }: { message: Message }) {
  const app = useApp();
  const [versions, setVersions] = useState<Result<"message.history">["versions"] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    app.client.call("message.history", { message: message.id }).then(
      (answer) => setVersions(answer.versions.toReversed()),
      (error: unknown) => setProblem(problemText(error)),
    );
  }, [app, message.id]);
  return (
    <Dialog title={t("versions.title")} onClose={() => closeSheet(app)}>
      <p className="mb-3 text-quiet">{t("versions.lead")}</p>
      <Problem text={problem} />
      {!versions && !problem && <Skeleton className="h-20 w-full" />}
      <ol className="space-y-3">
        {versions?.map(({ text, mentions, at }, index) => (
          <li key={at} className="rounded-m border border-line bg-sunken px-3.5 py-2.5">
            <p className="text-12 text-quiet">
              {dayAndTime(at)}
              {index === 0 && ` · ${t("versions.now")}`}
              {index === versions.length - 1 && ` · ${t("versions.first")}`}
            </p>
            <p dir="auto" className="whitespace-pre-wrap wrap-anywhere">
              {readable({ text, mentions })}
            </p>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
