/** No notifications for a while: what comes is in the inbox. Others see nothing of it, unlike the status "do not disturb". */
import { Button } from "../design/Button.tsx";
import { Choice } from "../design/Choice.tsx";
import { useNow } from "../design/use-now.ts";
import { t } from "../i18n/messages.ts";
import { type PauseEnd, endOf, pauseEnds } from "./pause-ends.ts";
import { untilText } from "./reason-text.ts";

export function Pause({ until, onChange }: { until: number; onChange(until: number): void }) {
  const now = useNow();
  if (until > now) {
    return (
      <div>
        <p role="status">{t("notify.paused", { until: untilText(until) })}</p>
        <Button className="mt-2" onClick={() => onChange(0)}>
          {t("notify.resume")}
        </Button>
      </div>
    );
  }
  return (
    <div>
      <Choice<PauseEnd>
        className="max-w-80"
        label={t("pause.label")}
        value="none"
        options={pauseEnds.map((value) => ({ value, label: t(`pause.${value}`) }))}
        onChoose={(end) => onChange(endOf(end, Date.now()))}
      />
      <p className="mt-1 text-13 text-quiet">{t("pause.about")}</p>
    </div>
  );
}
