/** Makes this a new device of an account, with a code that another device of it shows. */
import { useCallback, useState } from "react";
import { Page } from "../app/Page.tsx";
import { ScanCode } from "../codes/ScanCode.tsx";
import { Busy } from "../design/Busy.tsx";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { Problem } from "../design/Problem.tsx";
import { TextArea } from "../design/TextArea.tsx";
import { unseenName } from "../design/unseen-name.ts";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { CompareEmoji } from "../linking/CompareEmoji.tsx";
import { useApp, useAppState } from "../state/context.tsx";
import { Arrived } from "./Arrived.tsx";
import { thisDeviceName } from "./this-device-name.ts";

export function LinkHere({ onBack }: { onBack(): void }) {
  const app = useApp();
  const linking = useAppState((s) => s.linking);
  const account = useAppState((s) => s.status?.account);
  const step = linking?.side === "new" ? linking.step : null;
  const cancel = useTask(
    useCallback(async () => {
      await app.client.call("device.link-cancel", {});
      app.store.setState({ linking: null });
    }, [app]),
  );
  const stop = (
    <Button kind="quiet" className="-ms-4 mt-6" disabled={cancel.busy} onClick={() => void cancel.start()}>
      {t("dialog.cancel")}
    </Button>
  );

  switch (step) {
    case "done":
      return <Arrived name={account?.name ?? linking?.other ?? ""} />;
    case "confirm":
    case "confirmed":
      return (
        <Page key="compare" title={t("linking.compareTitle")}>
          <CompareEmoji emoji={linking?.emoji ?? []} other={t("linking.yourOther")} confirmed={step === "confirmed"} />
          {stop}
        </Page>
      );
    case "connecting":
    case "transferring":
      return (
        <Page key="under-way" title={t("linkHere.title")}>
          <Busy>{linking?.detail}</Busy>
          {stop}
        </Page>
      );
    default:
      return (
        <Page key="code" title={t("linkHere.title")} lead={t("linkHere.lead")}>
          <CodeForm failure={step === "failed" && linking ? linking.detail : null} />
          <Button kind="quiet" className="-ms-4 mt-2" onClick={onBack}>
            {t("conversation.back")}
          </Button>
        </Page>
      );
  }
}

function CodeForm({ failure }: { failure: string | null }) {
  const app = useApp();
  const [code, setCode] = useState("");
  const [name, setName] = useState(() => thisDeviceName(navigator.userAgent));
  const task = useTask(
    useCallback(
      async (text: string) => {
        const { linking } = await app.client.call("device.link-enter", { code: text, ...(name.trim() ? { name: name.trim() } : {}) });
        app.store.setState({ linking });
      },
      [app, name],
    ),
  );
  const { start } = task;
  const unseen = unseenName(name);
  const scanned = useCallback(
    (text: string) => {
      setCode(text);
      void start(text);
    },
    [start],
  );
  return (
    <form
      autoComplete="off"
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() && !unseen) void start(code.trim());
      }}
    >
      <TextArea
        label={t("linkHere.code")}
        hint={t("linkHere.codeHint")}
        problem={task.problem}
        rows={4}
        value={code}
        onChange={(event) => setCode(event.target.value)}
        autoFocus
        verbatim
      />
      <ScanCode wanted="device" label={t("linkHere.scan")} instead={t("linkHere.scanInstead")} onCode={scanned} />
      <Field label={t("device.nameLabel")} hint={t("device.nameHint")} problem={unseen} value={name} maxLength={64} onChange={(event) => setName(event.target.value)} />
      {failure && !task.problem && !task.busy && <Problem text={failure} />}
      <Button type="submit" kind="primary" large className="w-full" disabled={!code.trim() || unseen !== null || task.busy}>
        {t("linkHere.go")}
      </Button>
    </form>
  );
}
