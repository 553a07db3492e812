/** When one is not to be disturbed: times on days of the week, by the clock of a time zone. */
import type { NotificationSettings } from "@multichat/client/contract";
import { Plus, Trash2 } from "lucide-react";
import { Button } from "../design/Button.tsx";
import { Choice } from "../design/Choice.tsx";
import { IconButton } from "../design/IconButton.tsx";
import { formatLocale, t } from "../i18n/messages.ts";

type Quiet = NotificationSettings["quiet"];
const days = [1, 2, 3, 4, 5, 6, 7];
const here = "here";
const mostTimes = 14;
/** A Monday. */
const monday = Date.UTC(2024, 0, 1);
const dayMs = 24 * 60 * 60_000;

export function QuietHours({ quiet, onChange }: { quiet: Quiet; onChange(quiet: Quiet): void }) {
  const { times } = quiet;
  const put = (at: number, change: Partial<Quiet["times"][number]>) => onChange({ ...quiet, times: times.map((one, i) => (i === at ? { ...one, ...change } : one)) });
  return (
    <fieldset>
      <legend className="mb-2 text-13 font-medium">{t("notify.quietHours")}</legend>
      <ul className="space-y-3">
        {times.map((time, at) => (
          <li key={at} className="flex flex-wrap items-end gap-2 rounded-m border border-line p-3">
            <Days chosen={time.days} onChange={(chosen) => chosen.length > 0 && put(at, { days: chosen })} />
            <Time label={t("notify.from")} value={time.from} onChange={(from) => put(at, { from })} />
            <Time label={t("notify.to")} value={time.to} onChange={(to) => put(at, { to })} />
            <IconButton label={t("notify.removeTime")} icon={<Trash2 />} onClick={() => onChange({ ...quiet, times: times.filter((_, i) => i !== at) })} />
          </li>
        ))}
      </ul>
      <Button className="mt-3" disabled={times.length >= mostTimes} onClick={() => onChange({ ...quiet, times: [...times, { days, from: "22:00", to: "07:00" }] })}>
        <Plus aria-hidden="true" className="size-4" />
        {t("notify.addTime")}
      </Button>
      {times.length > 0 && (
        <Choice
          className="mt-3 max-w-80"
          label={t("notify.zone")}
          value={quiet.zone ?? here}
          options={[{ value: here, label: t("notify.zoneHere") }, ...Intl.supportedValuesOf("timeZone").map((value) => ({ value, label: value }))]}
          onChoose={(zone) => onChange({ ...quiet, zone: zone === here ? null : zone })}
        />
      )}
    </fieldset>
  );
}

function Days({ chosen, onChange }: { chosen: readonly number[]; onChange(days: number[]): void }) {
  const [short, long] = (["short", "long"] as const).map((weekday) => new Intl.DateTimeFormat(formatLocale(), { weekday, timeZone: "UTC" }));
  return (
    <div className="flex w-full flex-wrap gap-1">
      {days.map((day) => {
        const at = monday + (day - 1) * dayMs;
        const on = chosen.includes(day);
        return (
          <button
            key={day}
            type="button"
            aria-pressed={on}
            aria-label={long!.format(at)}
            onClick={() => onChange(days.filter((one) => (one === day ? !on : chosen.includes(one))))}
            className="min-h-9 min-w-9 rounded-s border border-control px-2 text-13 hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-wash aria-pressed:text-accent-text pointer-coarse:min-h-11"
          >
            {short!.format(at)}
          </button>
        );
      })}
    </div>
  );
}

function Time({ label, value, onChange }: { label: string; value: string; onChange(value: string): void }) {
  return (
    <label className="text-13 font-medium">
      <span className="mb-1 block">{label}</span>
      <input
        type="time"
        required
        value={value}
        onChange={(event) => event.target.value !== "" && onChange(event.target.value)}
        className="min-h-10 rounded-s border border-control bg-surface px-2.5 text-15 font-normal pointer-coarse:min-h-11"
      />
    </label>
  );
}
