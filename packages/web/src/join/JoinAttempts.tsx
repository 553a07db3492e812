import type { Join } from "@multichat/client/contract";
import { clockTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";

/** What was tried so far, when nobody has answered; it goes on by itself. */
export function JoinAttempts({ join }: { join: Join }) {
  if (join.step !== "finding" || join.attempts.length === 0) return null;
  return (
    <section className="mt-2 rounded-m border border-line bg-sunken p-4">
      <h2 className="font-bold">{t("join.nobodyAnswers", { name: join.inviter })}</h2>
      <p className="mt-1 text-13 text-quiet">{t("join.keepsTrying", { name: join.inviter })}</p>
      <details className="mt-3">
        <summary className="min-h-8 py-1.5 text-13 font-medium text-accent-text">
          {t("join.attempts", { count: join.attempts.length })}
        </summary>
        <ol className="mt-1 space-y-1.5">
          {[...join.attempts].reverse().map((attempt, index) => (
            <li key={`${attempt.at}-${index}`} className="text-13 wrap-anywhere">
              <span className="me-2 text-quiet tabular-nums">{clockTime(attempt.at)}</span>
              <span className="font-mono text-12">{attempt.address}</span>
              <span className="block text-quiet">{attempt.outcome}</span>
            </li>
          ))}
        </ol>
      </details>
    </section>
  );
}
