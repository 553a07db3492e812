import type { DoctorCheck } from "@multichat/client/contract";
import { Check, TriangleAlert } from "lucide-react";
import { useCallback, useState } from "react";
import { Button } from "../design/Button.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";

/** Has Multichat look itself over, and says what was found. */
export function HealthCheck() {
  const app = useApp();
  const [checks, setChecks] = useState<readonly DoctorCheck[] | null>(null);
  const task = useTask(
    useCallback(async () => {
      const answer = await app.client.call("doctor.run", {});
      setChecks(answer.checks);
    }, [app]),
  );
  return (
    <>
      <Button disabled={task.busy} onClick={() => void task.start()}>
        {t("health.run")}
      </Button>
      {task.problem && <p className="mt-2 text-13 text-bad-text">{task.problem}</p>}
      {checks && (
        <ul className="mt-3 space-y-2" aria-live="polite">
          {checks.map((check) => (
            <li key={check.name} className="flex items-start gap-2 text-13">
              {check.ok ? (
                <Check aria-label={t("health.ok")} className="mt-0.5 size-4 shrink-0 text-good" />
              ) : (
                <TriangleAlert aria-label={t("health.notOk")} className="mt-0.5 size-4 shrink-0 text-bad-text" />
              )}
              <span className="min-w-0 wrap-anywhere">
                <span className="font-medium">{check.name}</span> <span className="text-quiet">{check.detail}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
