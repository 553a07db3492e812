/** Before the first lists are here: the frame of the app at its final size, and after a while the reason for waiting. */
import { useEffect, useState } from "react";
import { Button } from "../design/Button.tsx";
import { Skeleton } from "../design/Skeleton.tsx";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { resync } from "../state/session.ts";
import { Page } from "./Page.tsx";

const patienceMs = 3_000;

export function Starting() {
  const app = useApp();
  const problem = useAppState((s) => s.startProblem);
  const link = useAppState((s) => s.link);
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);

  if (problem) {
    return (
      <Page title={t("starting.failed")} lead={problem}>
        <Button kind="primary" large onClick={() => void resync(app)}>
          {t("retry")}
        </Button>
      </Page>
    );
  }
  if (late && link !== "open") return <Page title={t("away.title")} lead={t("away.lead")} />;
  return (
    <main aria-busy="true" className="flex h-full">
      <h1 className="sr-only">{t("starting.title")}</h1>
      <div className="w-16 border-e border-line bg-sunken p-3 max-two:hidden">
        <Skeleton className="size-10 rounded-m" />
      </div>
      <div className="w-64 space-y-3 border-e border-line bg-sunken p-4 max-two:w-full">
        <Skeleton className="h-6 w-40" />
        <Skeleton className="h-5 w-32" />
        <Skeleton className="h-5 w-44" />
        <Skeleton className="h-5 w-28" />
      </div>
      <div className="flex-1 bg-surface max-two:hidden" />
    </main>
  );
}
