import { type Import, type ImportFormat, type ImportSummary, type Space, importFormats } from "@multichat/client/contract";
import { useCallback, useEffect, useState } from "react";
import { Button } from "../../design/Button.tsx";
import { Choice } from "../../design/Choice.tsx";
import { Field } from "../../design/Field.tsx";
import { Problem } from "../../design/Problem.tsx";
import { useTask } from "../../design/use-task.ts";
import { t } from "../../i18n/messages.ts";
import { useApp } from "../../state/context.tsx";
import { Piece, SectionBody } from "../SectionBody.tsx";

/** Messages from elsewhere, brought into this workspace. */
export function WorkspaceImport({ space }: { space: Space }) {
  const [current, setCurrent] = useImport(space);
  const goesOn = current?.step === "checking" || current?.step === "running";
  return (
    <SectionBody>
      <Piece>
        <p className="text-quiet">{t("import.lead")}</p>
        {current?.step === "done" && <Outcome summary={current.summary} />}
        <div className="mt-4">{goesOn ? <Progress current={current} /> : <ImportForm space={space} current={current} begun={setCurrent} />}</div>
      </Piece>
    </SectionBody>
  );
}

/** The last one into this workspace. */
function useImport(space: Space) {
  const { client } = useApp();
  const [last, setLast] = useState<Import | null>(null);
  useEffect(() => {
    let shown = true;
    // What was pushed meanwhile is newer.
    client.call("import.get", {}).then((answer) => shown && setLast((known) => known ?? answer.import), () => undefined);
    const off = client.on("import", setLast);
    return () => {
      shown = false;
      off();
    };
  }, [client]);
  return [last?.space === space.id ? last : null, setLast] as const;
}

function ImportForm({ space, current, begun }: { space: Space; current: Import | null; begun(one: Import): void }) {
  const { client } = useApp();
  // One that was not finished is begun anew with what was chosen for it.
  const before = current?.step === "done" ? null : current;
  const [chosen, setFormat] = useState<ImportFormat | null>(null);
  const [typed, setPath] = useState<string | null>(null);
  const format = chosen ?? before?.format ?? "slack";
  const path = typed ?? before?.path ?? "";
  const task = useTask(
    useCallback(async () => begun((await client.call("import.start", { format, path: path.trim(), space: space.id })).import), [client, format, path, space.id, begun]),
  );
  return (
    <form
      autoComplete="off"
      className="max-w-104 space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (path.trim() !== "") void task.start();
      }}
    >
      <Choice<ImportFormat> label={t("import.format")} value={format} onChoose={setFormat} options={importFormats.map((value) => ({ value, label: t(`import.format.${value}`) }))} />
      <Field label={t("import.path")} hint={t("import.pathHint")} value={path} onChange={(event) => setPath(event.target.value)} verbatim />
      <Problem text={task.problem ?? (current?.step === "failed" ? current.detail : null)} />
      {current?.step === "cancelled" && <p role="status">{t("import.cancelled", { messages: current.summary.messages })}</p>}
      {current?.step === "failed" && current.problems.length > 0 && (
        <ul className="list-disc ps-5 text-13 text-quiet">
          {current.problems.map(({ file, line, reason }) => (
            <li key={`${file} ${line} ${reason}`} className="wrap-anywhere">
              {t("import.problem", { file, line, reason })}
            </li>
          ))}
        </ul>
      )}
      <Button type="submit" kind="primary" why={path.trim() === "" ? t("import.noPath") : null} disabled={task.busy}>
        {t("import.start")}
      </Button>
    </form>
  );
}

function Progress({ current: { step, messages, of } }: { current: Import }) {
  const { client } = useApp();
  const task = useTask(useCallback(async () => void (await client.call("import.cancel", {})), [client]));
  return (
    <div aria-live="polite">
      <progress
        aria-label={t("import.progress")}
        {...(step === "running" && of > 0 ? { value: messages, max: of } : {})}
        className="block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-pressed [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-pressed [&::-webkit-progress-value]:bg-accent"
      />
      <p className="mt-1.5 text-13 text-quiet tabular-nums">{step === "checking" ? t("import.checking", { messages }) : t("import.running", { messages, of })}</p>
      <Problem text={task.problem} />
      <Button className="mt-3" disabled={task.busy} onClick={() => void task.start()}>
        {t("import.cancel")}
      </Button>
    </div>
  );
}

function Outcome({ summary }: { summary: ImportSummary }) {
  const counts = (["already", "orphans", "unlinked", "reactions", "edited", "files", "split"] as const).filter((what) => summary[what] > 0);
  const skipped = summary.skipped.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="mt-4 rounded-m border border-line bg-sunken p-4">
      <p role="status">{t("import.done", { messages: summary.messages, channels: summary.channels.length })}</p>
      <ul className="mt-1 text-13 text-quiet">
        {counts.map((what) => (
          <li key={what}>{t(`import.count.${what}`, { count: summary[what] })}</li>
        ))}
        {skipped > 0 && <li>{t("import.count.skipped", { count: skipped })}</li>}
      </ul>
    </div>
  );
}
