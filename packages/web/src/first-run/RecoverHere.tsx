/** Makes this a new device of an account by its 24 words. Whose they are is shown before anything is done. */
import { useCallback, useState } from "react";
import { Page } from "../app/Page.tsx";
import { Avatar } from "../design/Avatar.tsx";
import { Busy } from "../design/Busy.tsx";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useWords } from "../recovery/use-words.ts";
import { WordsField } from "../recovery/WordsField.tsx";
import { useApp, useAppState } from "../state/context.tsx";
import { Arrived } from "./Arrived.tsx";
import { thisDeviceName } from "./this-device-name.ts";

export function RecoverHere({ onBack }: { onBack(): void }) {
  const app = useApp();
  const recovery = useAppState((s) => s.recovery);
  const confirm = useTask(
    useCallback(async () => {
      const answer = await app.client.call("account.recover-confirm", {});
      app.store.setState({ recovery: answer.recovery });
    }, [app]),
  );
  const cancel = useTask(
    useCallback(async () => {
      await app.client.call("account.recover-cancel", {});
      app.store.setState({ recovery: null });
    }, [app]),
  );

  switch (recovery?.step) {
    case "done":
      return <Arrived name={recovery.account?.name ?? ""} />;
    case "found":
      return (
        <Page key="found" title={t("recover.foundTitle")} lead={t("recover.foundLead")}>
          {recovery.account && (
            <div className="flex items-center gap-4 rounded-m border border-line bg-sunken p-4">
              <Avatar {...recovery.account} size="xl" />
              <div className="min-w-0">
                <p className="text-17 font-bold wrap-anywhere">
                  <bdi>{recovery.account.name}</bdi>
                </p>
                <p className="text-13 text-quiet">{t("recover.workspaces", { count: recovery.spaces })}</p>
                <p className="mt-1 font-mono text-12 break-all text-quiet">
                  {t("recover.id")} {recovery.account.id}
                </p>
              </div>
            </div>
          )}
          <Button kind="primary" large className="mt-6 w-full" disabled={confirm.busy} onClick={() => void confirm.start()}>
            {t("recover.confirm")}
          </Button>
          <Problem text={confirm.problem} />
          <Button kind="quiet" className="-ms-4 mt-2" disabled={cancel.busy} onClick={() => void cancel.start()}>
            {t("recover.notMe")}
          </Button>
        </Page>
      );
    case "finding":
      return (
        <Page key="finding" title={t("recover.findingTitle")} lead={t("recover.findingLead")}>
          <Busy>{recovery.detail}</Busy>
          <Button kind="quiet" className="-ms-4 mt-6" disabled={cancel.busy} onClick={() => void cancel.start()}>
            {t("recover.change")}
          </Button>
        </Page>
      );
    default:
      return (
        <Page key="words" title={t("recover.title")} lead={t("recover.lead")}>
          <WordsForm />
          <Button kind="quiet" className="-ms-4 mt-2" onClick={onBack}>
            {t("conversation.back")}
          </Button>
        </Page>
      );
  }
}

function WordsForm() {
  const app = useApp();
  const { text, setText, words, check, examine } = useWords();
  const [via, setVia] = useState("");
  const task = useTask(
    useCallback(async () => {
      if (!(await examine())) return;
      const name = thisDeviceName(navigator.userAgent);
      const { recovery } = await app.client.call("account.recover", { words: [...words], name, ...(via.trim() ? { via: via.trim() } : {}) });
      app.store.setState({ recovery });
    }, [app, examine, words, via]),
  );
  return (
    <form
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void task.start();
      }}
    >
      <WordsField text={text} onText={setText} check={check} problem={null} />
      <Field
        className="mt-5"
        label={t("recover.via")}
        hint={t("recover.viaHint")}
        value={via}
        onChange={(event) => setVia(event.target.value)}
        verbatim
      />
      <Problem text={task.problem} />
      <Button type="submit" kind="primary" large className="mt-6 w-full" disabled={words.length === 0 || task.busy}>
        {t("recover.find")}
      </Button>
    </form>
  );
}
