import { useNow } from "../design/use-now.ts";
import { dayName } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";

const minute = 60_000;

/** Between two days. */
export function DayLine({ time }: { time: number }) {
  const now = useNow(minute);
  return (
    <div className="flex items-center gap-3 px-5 pt-5 pb-1 text-12 font-medium text-quiet">
      <span className="h-px flex-1 bg-line" />
      <time dateTime={new Date(time).toISOString().slice(0, 10)}>{dayName(time, now)}</time>
      <span className="h-px flex-1 bg-line" />
    </div>
  );
}

/** Above the first unread message. */
export function NewLine() {
  return (
    <div className="flex items-center gap-3 px-5 pt-3 text-12 font-bold text-bad-text">
      <span className="h-px flex-1 bg-bad" />
      {t("messages.new")}
    </div>
  );
}
