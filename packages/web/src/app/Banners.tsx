/** What a person should know whatever they are looking at: Multichat not running, and the problems it reports. */
import type { Problem } from "@multichat/client/contract";
import { Info, TriangleAlert, Unplug } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { Banner } from "../design/Banner.tsx";
import { Button } from "../design/Button.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";

/** A restart takes a moment; only a longer absence is worth a banner. */
const briefAbsenceMs = 1_500;

export function Banners() {
  const away = useAway();
  const problems = useAppState((s) => s.status?.problems);
  return (
    <div className="shrink-0">
      {away && (
        <Banner kind="calm" icon={<Unplug aria-hidden="true" />}>
          {t("away.banner")}
        </Banner>
      )}
      {/* Being offline is said at the foot of the sidebar and in the composer; it is no fault. */}
      {problems
        ?.filter((problem) => problem.code !== "offline")
        .map((problem) => <ProblemBanner key={problem.code} problem={problem} />)}
    </div>
  );
}

function ProblemBanner({ problem }: { problem: Problem }) {
  const app = useApp();
  const { remedy } = problem;
  const renew = useCallback(async () => {
    await app.client.call("device.renew", {});
  }, [app]);
  const task = useTask(renew);
  const mild = problem.code === "port-changed" || problem.code === "clock-wrong";
  return (
    <Banner
      kind={mild ? "warn" : "bad"}
      icon={mild ? <Info aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
      action={
        remedy === "device.renew" && (
          <Button disabled={task.busy} onClick={() => void task.start()}>
            {t("problem.renew")}
          </Button>
        )
      }
    >
      {problem.message}
      {task.problem && ` ${task.problem}`}
    </Banner>
  );
}

function useAway(): boolean {
  const gone = useAppState((s) => s.ready && (s.link === "connecting" || s.link === "closed"));
  const [away, setAway] = useState(false);
  useEffect(() => {
    if (!gone) return;
    const timer = setTimeout(() => setAway(true), briefAbsenceMs);
    return () => {
      clearTimeout(timer);
      setAway(false);
    };
  }, [gone]);
  return away;
}
