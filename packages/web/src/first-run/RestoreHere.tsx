/** Makes this a new device of an account with everything that a backup file holds. */
import { useCallback, useState } from "react";
import { Page } from "../app/Page.tsx";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { FileField } from "../design/FileField.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { TransferProgress } from "../recovery/TransferProgress.tsx";
import { useWords } from "../recovery/use-words.ts";
import { WordsField } from "../recovery/WordsField.tsx";
import { useApp, useAppState } from "../state/context.tsx";
import { Arrived } from "./Arrived.tsx";

export function RestoreHere({ onBack }: { onBack(): void }) {
  const transfer = useAppState((s) => (s.transfer?.kind === "restore" ? s.transfer : null));
  const account = useAppState((s) => s.status?.account);
  // Kept for another attempt with another passphrase.
  const [file, setFile] = useState<File | null>(null);

  if (transfer?.step === "done") return <Arrived name={account?.name ?? transfer.account?.name ?? ""} />;
  if (transfer?.step === "running") {
    return (
      <Page key="running" title={transfer.account ? t("restore.runningOf", { name: transfer.account.name }) : t("restore.running")}>
        <TransferProgress transfer={transfer} />
      </Page>
    );
  }
  return (
    <Page key="file" title={t("restore.title")} lead={t("restore.lead")}>
      <RestoreForm file={file} onFile={setFile} />
      <Button kind="quiet" className="-ms-4 mt-2" onClick={onBack}>
        {t("conversation.back")}
      </Button>
    </Page>
  );
}

function RestoreForm({ file, onFile }: { file: File | null; onFile(file: File): void }) {
  const app = useApp();
  const failed = useAppState((s) => (s.transfer?.kind === "restore" && s.transfer.step === "failed" ? s.transfer : null));
  const [passphrase, setPassphrase] = useState("");
  // The device of the backup was signed out since: only the words can vouch for this one.
  const needsWords = failed?.error === "device-revoked";
  const { text, setText, words, check, examine } = useWords();
  const task = useTask(
    useCallback(async () => {
      if (!file || (needsWords && !(await examine()))) return;
      app.store.setState({ transfer: null });
      const path = await app.backend.sendBackupFile(file);
      const { transfer } = await app.client.call("backup.restore", { path, passphrase, ...(needsWords ? { words: [...words] } : {}) });
      app.store.setState({ transfer });
    }, [app, file, passphrase, needsWords, words, examine]),
  );
  const wrongPassphrase = failed?.error === "wrong-passphrase" ? failed.detail : null;
  return (
    <form
      autoComplete="off"
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        void task.start();
      }}
    >
      <FileField label={t("restore.file")} file={file} onFile={onFile} problem={failed && !wrongPassphrase && !needsWords ? failed.detail : null} />
      <Field
        label={t("restore.passphrase")}
        hint={t("restore.passphraseHint")}
        problem={wrongPassphrase}
        type="password"
        autoComplete="off"
        value={passphrase}
        onChange={(event) => setPassphrase(event.target.value)}
      />
      {needsWords && (
        <div>
          <p className="mb-3 text-13 text-quiet">{failed.detail}</p>
          <WordsField text={text} onText={setText} check={check} problem={null} />
        </div>
      )}
      <Problem text={task.problem} />
      <Button type="submit" kind="primary" large className="w-full" disabled={!file || !passphrase || task.busy}>
        {t(task.busy ? "restore.reading" : "restore.go")}
      </Button>
    </form>
  );
}
