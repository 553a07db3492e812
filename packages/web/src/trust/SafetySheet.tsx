/** Making sure of who somebody is: 60 digits that both see, and a code to scan. */
import type { Id } from "@multichat/client/contract";
import { ShieldAlert, ShieldCheck } from "lucide-react";
import { Suspense, useCallback, useState } from "react";
import { part } from "../app/part.ts";
import { Button } from "../design/Button.tsx";
import { CopyButton } from "../design/CopyButton.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { Field } from "../design/Field.tsx";
import { Problem } from "../design/Problem.tsx";
import { Skeleton } from "../design/Skeleton.tsx";
import { useTask } from "../design/use-task.ts";
import { shortDate } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { useFetched } from "./use-fetched.ts";
import { usePersonCard } from "./use-person-card.ts";

const QrImage = part(async () => (await import("../invites/QrImage.tsx")).QrImage);

export function SafetySheet({ account }: { account: Id }) {
  const app = useApp();
  const person = usePersonCard(account);
  const number = useFetched(useCallback(() => app.client.call("contact.safety-number", { account }), [app, account]));
  const name = person.value?.name ?? "";
  const groups = number.value?.digits.split(/\s+/u) ?? [];
  const verified = number.value?.verified ?? null;
  const verify = useTask(
    useCallback(
      async (scanned: string | null) => {
        await app.client.call("contact.verify", scanned === null ? { account, method: "digits" } : { account, method: "qr", code: scanned });
      },
      [app, account],
    ),
  );

  return (
    <Dialog wide title={t("safety.title", { name })} onClose={() => closeSheet(app)}>
      <p>{t("safety.lead", { name })}</p>
      {verified && (
        <p role="status" className={`mt-3 flex items-start gap-2 rounded-m border p-3 text-13 ${verified.keysChanged ? "border-warn bg-warn-wash text-warn-text" : "border-line bg-sunken"}`}>
          {verified.keysChanged ? <ShieldAlert aria-hidden="true" className="size-5 shrink-0" /> : <ShieldCheck aria-hidden="true" className="size-5 shrink-0 text-good" />}
          <span>
            {t(verified.keysChanged ? "safety.keysChanged" : verified.method === "qr" ? "safety.verifiedByCode" : "safety.verifiedByDigits", {
              name,
              date: shortDate(verified.at),
            })}
          </span>
        </p>
      )}
      <Problem text={number.problem ?? person.problem} />
      {number.value ? (
        <>
          <ol dir="ltr" aria-label={t("safety.number")} className="mt-4 grid grid-cols-3 gap-y-1 rounded-m border border-line bg-sunken py-4 text-center font-mono text-17 tabular-nums two:grid-cols-4">
            {groups.map((group, index) => (
              <li key={index}>{group}</li>
            ))}
          </ol>
          <div className="mt-4 flex flex-wrap gap-2">
            {(verified === null || verified.keysChanged) && (
              <Button kind="primary" disabled={verify.busy} onClick={() => void verify.start(null)}>
                {t("safety.same")}
              </Button>
            )}
            <CopyButton text={groups.join(" ")} label={t("safety.copy")} />
          </div>
          <Problem text={verify.problem} />
          <section className="mt-6 border-t border-line pt-5">
            <h3 className="font-bold">{t("safety.codes")}</h3>
            <p className="mt-1 text-13 text-quiet">{t("safety.codesLead", { name })}</p>
            <div className="flex justify-center">
              <Suspense fallback={<div className="mt-4 aspect-square w-80 max-w-full" />}>
                <QrImage text={number.value.code} label={t("safety.qr")} />
              </Suspense>
            </div>
            <ScannedCode name={name} onCode={verify.start} busy={verify.busy} />
          </section>
        </>
      ) : (
        !number.problem && <Skeleton className="mt-4 h-32 w-full" />
      )}
    </Dialog>
  );
}

function ScannedCode({ name, busy, onCode }: { name: string; busy: boolean; onCode(code: string): Promise<void> }) {
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
        spellCheck={false}
        autoCapitalize="none"
        dir="ltr"
      />
      <Button type="submit" disabled={!code.trim() || busy}>
        {t("safety.check")}
      </Button>
    </form>
  );
}
