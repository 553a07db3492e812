import { Download } from "lucide-react";
import { useCallback, useState } from "react";
import { Button } from "../../design/Button.tsx";
import { Problem } from "../../design/Problem.tsx";
import { useTask } from "../../design/use-task.ts";
import { t } from "../../i18n/messages.ts";
import { fileSize } from "../../i18n/sizes.ts";
import { NewPassphrase, whyUnusable } from "../../recovery/NewPassphrase.tsx";
import { TransferProgress } from "../../recovery/TransferProgress.tsx";
import { useApp, useAppState } from "../../state/context.tsx";
import { Piece, SectionBody } from "../SectionBody.tsx";

/** Everything in one sealed file. */
export function Backup() {
  const transfer = useAppState((s) => (s.transfer?.kind === "backup" ? s.transfer : null));
  return (
    <SectionBody>
      <Piece title={t("backup.title")}>
        <p className="text-quiet">{t("backup.lead")}</p>
        <div className="mt-4">
          {transfer?.step === "running" ? <TransferProgress transfer={transfer} /> : <BackupForm />}
        </div>
      </Piece>
      <Piece title={t("backup.restoreTitle")}>
        <p className="text-quiet">{t("backup.restoreHow")}</p>
      </Piece>
    </SectionBody>
  );
}

function BackupForm() {
  const app = useApp();
  const transfer = useAppState((s) => (s.transfer?.kind === "backup" ? s.transfer : null));
  const [passphrase, setPassphrase] = useState({ first: "", again: "" });
  // One that was written elsewhere is not to be had from here.
  const reserved = useAppState((s) => s.reservedBackup);
  const task = useTask(
    useCallback(async () => {
      const path = await app.backend.reserveBackupFile();
      const answer = await app.client.call("backup.write", { path, passphrase: passphrase.first });
      app.store.setState({ transfer: answer.transfer, reservedBackup: path });
    }, [app, passphrase]),
  );
  const done = transfer?.step === "done" && transfer.path === reserved;
  return (
    <>
      {done && (
        <div className="mb-6 rounded-m border border-line bg-sunken p-4">
          <p role="status">{t("backup.done", { size: fileSize(transfer.bytes) })}</p>
          <p className="mt-1 text-13 text-quiet">{t("backup.doneHint")}</p>
          <a
            href={app.backend.backupAddress}
            download
            className="mt-3 inline-flex min-h-9 items-center gap-2 rounded-s bg-accent px-4 font-medium text-on-accent hover:bg-accent-strong pointer-coarse:min-h-11"
          >
            <Download aria-hidden="true" className="size-4" />
            {t("backup.download")}
          </a>
        </div>
      )}
      <form
        autoComplete="off"
        className="max-w-104"
        onSubmit={(event) => {
          event.preventDefault();
          if (whyUnusable(passphrase) === null) void task.start();
        }}
      >
        <NewPassphrase value={passphrase} onChange={setPassphrase} />
        <p className="mt-3 text-13 text-quiet">{t("backup.passphraseWarning")}</p>
        <Problem text={task.problem ?? (transfer?.step === "failed" ? transfer.detail : null)} />
        <Button type="submit" kind={done ? "plain" : "primary"} className="mt-4" why={whyUnusable(passphrase)} disabled={task.busy}>
          {t(done ? "backup.another" : "backup.make")}
        </Button>
      </form>
    </>
  );
}
