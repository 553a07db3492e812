/** What came of checking somebody's code: in words, and never by colour alone. */
import { ShieldAlert, ShieldCheck, ShieldQuestionMark } from "lucide-react";
import { useEffect, useRef } from "react";
import { t } from "../i18n/messages.ts";

/** `differs`: of this account, with other keys than are known here. `other`: of another account. `own`: of who looks. */
export type Outcome = "matches" | "differs" | "other" | "own";

/** By the codes of the local API's refusals. */
export const outcomes: Partial<Record<string, Outcome>> = { "verification-mismatch": "differs", "verification-other": "other" };

const icons = { matches: ShieldCheck, differs: ShieldAlert, other: ShieldAlert, own: ShieldQuestionMark };
const looks = {
  matches: "border-good bg-sunken",
  differs: "border-bad bg-sunken",
  other: "border-bad bg-sunken",
  own: "border-line bg-sunken",
};
const iconLooks = { matches: "text-good", differs: "text-bad-text", other: "text-bad-text", own: "text-quiet" };

export function CodeOutcome({ outcome, name }: { outcome: Outcome; name: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: "nearest" });
  }, [outcome]);
  const Icon = icons[outcome];
  return (
    <div ref={box} role={outcome === "matches" ? "status" : "alert"} className={`mt-4 flex items-start gap-3 rounded-m border p-4 ${looks[outcome]}`}>
      <Icon aria-hidden="true" className={`size-6 shrink-0 ${iconLooks[outcome]}`} />
      <div className="min-w-0 wrap-anywhere">
        <p className="font-bold">{t(`safety.outcome.${outcome}`, { name })}</p>
        <p className="mt-1 text-13">{t(`safety.outcome.${outcome}Means`, { name })}</p>
      </div>
    </div>
  );
}
