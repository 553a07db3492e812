import type { Join } from "@multichat/client/contract";
import { Check, Circle, LoaderCircle } from "lucide-react";
import { t } from "../i18n/messages.ts";

const order = ["finding", "checking", "fetching"] as const;

/** Finding → checking → fetching, with a sentence under the one that is going on. */
export function JoinSteps({ join }: { join: Join }) {
  const at = order.findIndex((step) => step === join.step);
  return (
    <ol className="mt-8 space-y-1" aria-live="polite">
      {order.map((step, index) => {
        const state = at === -1 || index < at ? "done" : index === at ? "now" : "next";
        return (
          <li key={step} aria-current={state === "now" ? "step" : undefined} className="flex gap-3">
            <StepMark state={state} />
            <div className={`min-w-0 pb-3 wrap-anywhere ${state === "next" ? "text-quiet" : ""}`}>
              <p className={state === "now" ? "font-bold" : ""}>{t(`join.${step}`, { name: join.inviter })}</p>
              {state === "now" && <p className="mt-0.5 text-13 text-quiet">{join.detail}</p>}
              {step === "fetching" && state === "now" && <Fetched join={join} />}
              {step === "checking" && state !== "next" && join.confirmedBy > 0 && (
                <p className="mt-0.5 text-13 text-quiet">{t("join.confirmedBy", { count: join.confirmedBy })}</p>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function StepMark({ state }: { state: "done" | "now" | "next" }) {
  const look = "mt-0.5 size-4.5 shrink-0";
  if (state === "done") return <Check aria-label={t("join.stepDone")} className={`${look} text-good`} />;
  if (state === "now") return <LoaderCircle aria-hidden="true" className={`${look} animate-spin text-accent`} />;
  return <Circle aria-hidden="true" className={`${look} text-quiet`} />;
}

function Fetched({ join }: { join: Join }) {
  const total = Math.max(join.total, join.fetched, 1);
  return (
    <>
      <progress
        aria-label={t("join.progress")}
        value={join.fetched}
        max={total}
        className="mt-2 block h-1.5 w-full max-w-72 appearance-none overflow-hidden rounded-full bg-pressed [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-pressed [&::-webkit-progress-value]:bg-accent"
      />
      <p className="mt-1 text-13 text-quiet tabular-nums">
        {t("join.fetched", { fetched: join.fetched, total: Math.max(join.total, join.fetched) })}
      </p>
    </>
  );
}
