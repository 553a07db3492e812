import { useEffect, useState } from "react";
import { Fetched } from "../app/Fetched.tsx";
import { part } from "../app/part.ts";
import { PartMissingNote } from "../app/PartMissingNote.tsx";
import { CopyButton } from "../design/CopyButton.tsx";
import { t } from "../i18n/messages.ts";

const QrImage = part(async () => (await import("../codes/QrImage.tsx")).QrImage);

/** The code for a new device, as a picture and as text, and how long it works. */
export function LinkCode({ code, expires }: { code: string; expires: number }) {
  const left = useSecondsLeft(expires);
  return (
    <>
      <ol className="list-decimal space-y-1 ps-5">
        <li>{t("linking.first")}</li>
        <li>{t("linking.second")}</li>
        <li>{t("linking.third")}</li>
      </ol>
      <div className="flex justify-center">
        <Fetched coming={<div className="mt-4 aspect-square w-80 max-w-full" />} missing={<PartMissingNote />}>
          <QrImage text={code} label={t("linking.qr")} />
        </Fetched>
      </div>
      <textarea
        aria-label={t("linking.code")}
        readOnly
        rows={4}
        value={code}
        dir="ltr"
        onFocus={(event) => event.target.select()}
        className="mt-4 block w-full resize-none rounded-s border border-control bg-sunken px-3 py-2 font-mono text-13 break-all"
      />
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <CopyButton text={code} label={t("linking.copy")} />
        <p className="text-13 text-quiet tabular-nums">
          {t("linking.left", { minutes: String(Math.floor(left / 60)), seconds: String(left % 60).padStart(2, "0") })}
        </p>
      </div>
      <p className="mt-3 text-13 text-quiet">{t("linking.secret")}</p>
    </>
  );
}

function useSecondsLeft(expires: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.round((expires - now) / 1_000));
}
