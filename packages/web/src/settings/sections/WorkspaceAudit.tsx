import type { AuditEntry, AuditKind, Space } from "@multichat/client/contract";
import { useCallback, useEffect, useState } from "react";
import { Button } from "../../design/Button.tsx";
import { Choice } from "../../design/Choice.tsx";
import { Problem } from "../../design/Problem.tsx";
import { useTask } from "../../design/use-task.ts";
import { dayAndTime } from "../../i18n/dates.ts";
import { t } from "../../i18n/messages.ts";
import { auditChoices } from "../../moderation/audit-choices.ts";
import { Deed } from "../../moderation/Deed.tsx";
import { deedDetails, voidText } from "../../moderation/deed-text.ts";
import { useMembers } from "../../private/use-members.ts";
import { changeKey } from "../../state/changes.ts";
import { useApp, useAppState } from "../../state/context.tsx";
import { useListed } from "../../state/use-listed.ts";
import { SectionBody } from "../SectionBody.tsx";

/** As many as are read at once. */
const page = 50;

/** Who did what to whom, and when; the newest first. */
export function WorkspaceAudit({ space }: { space: Space }) {
  const members = useMembers(space.id) ?? [];
  const [kind, setKind] = useState<AuditKind | "">("");
  const [by, setBy] = useState("");
  const [of, setOf] = useState("");
  const departed = useListed("restriction.list", { space: space.id }, "restrictions", space.id).value?.departed ?? [];
  const people = [{ value: "", label: t("audit.anybody") }, ...[...members, ...departed.map(({ person }) => person)].map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <SectionBody>
      <div>
        <div className="grid gap-3 two:grid-cols-3">
          <Choice label={t("audit.what")} value={kind} onChoose={(value: AuditKind | "") => setKind(value)} options={[{ value: "", label: t("audit.everything") }, ...auditChoices.map((value) => ({ value, label: t(`audit.kind.${value}`) }))]} />
          <Choice label={t("audit.by")} value={by} onChoose={setBy} options={people} />
          <Choice label={t("audit.of")} value={of} onChoose={setOf} options={people} />
        </div>
        <Entries key={`${kind} ${by} ${of}`} space={space} filter={{ ...(kind ? { kind } : {}), ...(by ? { by } : {}), ...(of ? { of } : {}) }} />
      </div>
    </SectionBody>
  );
}

function Entries({ space, filter }: { space: Space; filter: { kind?: AuditKind; by?: string; of?: string } }) {
  const app = useApp();
  const version = useAppState((s) => s.changes[changeKey("audit", space.id)] ?? 0);
  const asked = JSON.stringify({ space: space.id, ...filter, limit: page });
  const [entries, setEntries] = useState<readonly AuditEntry[] | null>(null);
  const [hasOlder, setHasOlder] = useState(false);
  const last = entries?.at(-1)?.position;
  const task = useTask(
    useCallback(
      async (before: string | undefined) => {
        const answer = await app.client.call("audit.list", { ...(JSON.parse(asked) as { space: string }), ...(before ? { before } : {}) });
        setEntries((present) => [...(before ? (present ?? []) : []), ...answer.entries]);
        setHasOlder(answer.hasOlder);
      },
      [app, asked],
    ),
  );
  const { start } = task;
  useEffect(() => void start(undefined), [start, version]);
  return (
    <>
      <Problem text={task.problem} />
      {entries?.length === 0 && <p className="mt-5 text-quiet">{t("audit.nothing")}</p>}
      <ol aria-label={t("settings.section.audit")} className="mt-4 divide-y divide-line">
        {entries?.map((entry) => (
          <li key={entry.id} className="py-2.5 wrap-anywhere">
            <p className={entry.voidReason ? "text-quiet" : ""}>
              <Deed by={entry.by} of={entry.of} deed={entry.deed} />
            </p>
            {deedDetails(entry.deed).map((line) => (
              <p key={line} className="text-13 text-quiet">
                {line}
              </p>
            ))}
            <p className="text-12 text-quiet">
              <time dateTime={new Date(entry.at).toISOString()}>{dayAndTime(entry.at)}</time>
              {entry.voidReason && ` · ${voidText(entry.voidReason)}`}
            </p>
          </li>
        ))}
      </ol>
      {hasOlder && (
        <Button className="mt-3 w-full" disabled={task.busy} onClick={() => void start(last)}>
          {t("audit.older")}
        </Button>
      )}
    </>
  );
}
