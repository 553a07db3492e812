/** This device takes part in nothing any more: another one signed it out, or its data is a copy. Says what is kept and what can be done. */
import { useCallback } from "react";
import { Button } from "../design/Button.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { openSettings } from "../state/settings-place.ts";
import type { DeviceEnd } from "./device-end.ts";
import { Page } from "./Page.tsx";

export function DeviceEnded({ end }: { end: DeviceEnd }) {
  const app = useApp();
  const lookBack = () => app.store.setState({ looksBack: true });
  const renew = useTask(
    useCallback(async () => {
      await app.client.call("device.renew", {});
    }, [app]),
  );
  const kept = useAppState((s) => Object.keys(s.spaces).length);
  const revoked = end.kind === "revoked";
  return (
    <Page title={t(`ended.${end.kind}.title`)} lead={end.message}>
      <dl className="space-y-5">
        <Fact term={t("ended.kept")}>{t(`ended.${end.kind}.kept`, { count: kept })}</Fact>
        <Fact term={t("ended.others")}>{t(`ended.${end.kind}.others`)}</Fact>
        {revoked && <Fact term={t("ended.notYou")}>{t("ended.notYouDo")}</Fact>}
      </dl>
      <div className="mt-8 flex flex-wrap gap-2">
        {revoked ? (
          <>
            <Button kind="primary" large onClick={lookBack}>
              {t("ended.look")}
            </Button>
            <Button
              large
              onClick={() => {
                lookBack();
                openSettings(app, { space: null, section: "account" });
              }}
            >
              {t("ended.erase")}
            </Button>
          </>
        ) : (
          <>
            <Button kind="primary" large disabled={renew.busy} onClick={() => void renew.start()}>
              {t("problem.renew")}
            </Button>
            <Button kind="quiet" large onClick={lookBack}>
              {t("ended.look")}
            </Button>
          </>
        )}
      </div>
      <Problem text={renew.problem} />
    </Page>
  );
}

function Fact({ term, children }: { term: string; children: string }) {
  return (
    <div>
      <dt className="text-13 font-medium">{term}</dt>
      <dd className="mt-0.5 text-quiet">{children}</dd>
    </div>
  );
}
