/** Making sure of who somebody is: 60 digits that both see, and a code to scan. */
import type { Id } from "@multichat/client/contract";
import { ShieldAlert, ShieldCheck } from "lucide-react";
import { useCallback } from "react";
import { Button } from "../design/Button.tsx";
import { CopyButton } from "../design/CopyButton.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { Problem } from "../design/Problem.tsx";
import { Skeleton } from "../design/Skeleton.tsx";
import { useTask } from "../design/use-task.ts";
import { shortDate } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { Codes } from "./Codes.tsx";
import { useFetched } from "./use-fetched.ts";
import { usePersonCard } from "./use-person-card.ts";

export function SafetySheet({ account }: { account: Id }) {
  const app = useApp();
  const person = usePersonCard(account);
  const number = useFetched(useCallback(() => app.client.call("contact.safety-number", { account }), [app, account]));
  const name = person.value?.name ?? "";
  const groups = number.value?.digits.split(/\s+/u) ?? [];
  const verified = number.value?.verified ?? null;
  const verify = useTask(useCallback(async () => void (await app.client.call("contact.verify", { account, method: "digits" })), [app, account]));

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
              <Button kind="primary" disabled={verify.busy} onClick={() => void verify.start()}>
                {t("safety.same")}
              </Button>
            )}
            <CopyButton text={groups.join(" ")} label={t("safety.copy")} />
          </div>
          <Problem text={verify.problem} />
          <Codes account={account} name={name} own={number.value.code} />
        </>
      ) : (
        !number.problem && <Skeleton className="mt-4 h-32 w-full" />
      )}
    </Dialog>
  );
}
