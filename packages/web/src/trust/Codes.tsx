/** Making sure of somebody by codes: theirs is scanned or typed in and judged, one's own is there for them to scan. */
import type { Id } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Fetched } from "../app/Fetched.tsx";
import { part } from "../app/part.ts";
import { PartMissingNote } from "../app/PartMissingNote.tsx";
import { ScanCode } from "../codes/ScanCode.tsx";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { errorCode } from "../i18n/problem-text.ts";
import { useApp } from "../state/context.tsx";
import { CodeOutcome, outcomes, type Outcome } from "./CodeOutcome.tsx";

const QrImage = part(async () => (await import("../codes/QrImage.tsx")).QrImage);

export function Codes({ account, name, own }: { account: Id; name: string; own: string }) {
  const app = useApp();
  const [scanning, setScanning] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const check = useTask(
    useCallback(
      async (theirs: string) => {
        setOutcome(null);
        if (theirs === own) return setOutcome("own");
        try {
          await app.client.call("contact.verify", { account, method: "qr", code: theirs });
          setOutcome("matches");
        } catch (error) {
          const found = outcomes[errorCode(error) ?? ""];
          if (!found) throw error;
          setOutcome(found);
        }
      },
      [app, account, own],
    ),
  );
  const toggle = useCallback((on: boolean) => {
    setScanning(on);
    if (on) setOutcome(null);
  }, []);
  return (
    <section className="mt-6 border-t border-line pt-5">
      <h3 className="font-bold">{t("safety.codes")}</h3>
      <p className="mt-1 text-13 text-quiet">{t("safety.codesLead", { name })}</p>
      <ScanCode
        className="mt-4"
        wanted="verification"
        label={t("safety.scan", { name })}
        instead={t("safety.scanInstead", { name })}
        onToggle={toggle}
        onCode={check.start}
      />
      {outcome && <CodeOutcome outcome={outcome} name={name} />}
      <Problem text={check.problem} />
      {!scanning && (
        <div className="flex justify-center">
          <Fetched coming={<div className="mt-4 aspect-square w-80 max-w-full" />} missing={<PartMissingNote />}>
            <QrImage text={own} label={t("safety.qr")} />
          </Fetched>
        </div>
      )}
      <TypedCode name={name} busy={check.busy} onCode={check.start} />
    </section>
  );
}

function TypedCode({ name, busy, onCode }: { name: string; busy: boolean; onCode(code: string): Promise<void> }) {
  const [code, setCode] = useState("");
  return (
    <form
      autoComplete="off"
      className="mt-4 flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim()) void onCode(code.trim());
      }}
    >
      <Field
        className="min-w-56 flex-1"
        label={t("safety.theirCode", { name })}
        value={code}
        onChange={(event) => setCode(event.target.value)}
        verbatim
      />
      <Button type="submit" disabled={!code.trim() || busy}>
        {t("safety.check")}
      </Button>
    </form>
  );
}
