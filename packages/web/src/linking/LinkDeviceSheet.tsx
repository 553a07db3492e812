/** On a device that is there already: a code for a new one, then the pictures, then all that it needs. */
import { useCallback, useEffect, type ReactNode } from "react";
import { Check } from "lucide-react";
import { Busy } from "../design/Busy.tsx";
import { Button } from "../design/Button.tsx";
import { Dialog, DialogActions } from "../design/Dialog.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { closeSheet, type App, type AppState } from "../state/store.ts";
import { CompareEmoji } from "./CompareEmoji.tsx";
import { LinkCode } from "./LinkCode.tsx";

export function LinkDeviceSheet() {
  const app = useApp();
  const linking = useAppState((s) => (s.linking?.side === "existing" ? s.linking : null));
  const begin = useTask(
    useCallback(async () => {
      const answer = await app.client.call("device.link", {});
      app.store.setState({ linking: answer.linking });
    }, [app]),
  );
  const { start } = begin;
  useEffect(() => {
    // One that was begun before, in another window, goes on here.
    if (!isUnderWay(app)) void start();
  }, [app, start]);
  const close = useCallback(() => {
    closeSheet(app);
    if (isUnderWay(app)) void app.client.call("device.link-cancel", {}).catch(() => undefined);
    app.store.setState({ linking: null });
  }, [app]);

  const again = (
    <DialogActions>
      <Button onClick={close}>{t("dialog.close")}</Button>
      <Button kind="primary" disabled={begin.busy} onClick={() => void begin.start()}>
        {t("linking.newCode")}
      </Button>
    </DialogActions>
  );
  return (
    <Dialog title={t("linking.title")} onClose={close}>
      {begin.problem ? (
        <>
          <Problem text={begin.problem} />
          {again}
        </>
      ) : (
        <Step linking={linking} again={again} onClose={close} />
      )}
    </Dialog>
  );
}

function Step({ linking, again, onClose }: { linking: AppState["linking"]; again: ReactNode; onClose(): void }) {
  const other = linking?.other ?? t("linking.newDevice");
  switch (linking?.step) {
    case "waiting":
      return <LinkCode code={linking.code ?? ""} expires={linking.expires} />;
    case "confirm":
    case "confirmed":
      return <CompareEmoji emoji={linking.emoji ?? []} other={other} confirmed={linking.step === "confirmed"} />;
    case "done":
      return (
        <>
          <p role="status" className="flex items-start gap-3">
            <Check aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-good" />
            <span>{t("linking.done", { other })}</span>
          </p>
          <DialogActions>
            <Button kind="primary" onClick={onClose}>
              {t("linking.close")}
            </Button>
          </DialogActions>
        </>
      );
    case "failed":
      return (
        <>
          <p role="alert">{linking.detail}</p>
          {again}
        </>
      );
    default:
      return <Busy>{linking?.detail ?? t("linking.making")}</Busy>;
  }
}

function isUnderWay(app: App): boolean {
  const { linking } = app.store.getState();
  return linking?.side === "existing" && linking.step !== "done" && linking.step !== "failed";
}
