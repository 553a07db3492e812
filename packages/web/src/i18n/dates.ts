/** Times as people say them, in the interface's language. */
import { formatLocale, i18n, t } from "./messages.ts";

/** Made once for each language: making one takes longer than using it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>();
i18n.on("change", () => formats.clear());

function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const existing = formats.get(name);
  if (existing) return existing;
  const made = new Intl.DateTimeFormat(formatLocale(), options);
  formats.set(name, made);
  return made;
}

export function clockTime(time: number): string {
  return format("clock", { hour: "2-digit", minute: "2-digit" }).format(time);
}

/** For narrow places: the clock time without "AM" or "PM", which the group's first line says. */
export function shortTime(time: number): string {
  return format("clock", { hour: "2-digit", minute: "2-digit" })
    .formatToParts(time)
    .filter(({ type }) => type !== "dayPeriod")
    .map(({ value }) => value)
    .join("")
    .trim();
}

export function fullTime(time: number): string {
  return format("full", { dateStyle: "full", timeStyle: "short" }).format(time);
}

/** "24 Nov, 15:04", with the year if it is not this one. */
export function dayAndTime(time: number): string {
  const thisYear = new Date(time).getFullYear() === new Date().getFullYear();
  return thisYear
    ? format("day-time", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }).format(time)
    : format("day-time-year", { dateStyle: "medium", timeStyle: "short" }).format(time);
}

export function shortDate(time: number): string {
  return format("short", { day: "numeric", month: "short", year: "numeric" }).format(time);
}

/** "Today", "Yesterday", "Tuesday 24 November", with the year if it is not this one. */
export function dayName(time: number, now: number): string {
  const days = Math.round((startOfDay(now) - startOfDay(time)) / 86_400_000);
  if (days === 0) return t("day.today");
  if (days === 1) return t("day.yesterday");
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return sameYear
    ? format("day", { weekday: "long", day: "numeric", month: "long" }).format(time)
    : format("day-year", { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(time);
}

export function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** "just now", "5 minutes ago", "in 2 hours". */
export function relativeTime(time: number, now: number): string {
  const difference = time - now;
  const step = steps.find(([, size]) => Math.abs(difference) >= size);
  if (!step) return difference > 5_000 ? t("time.soon") : t("time.justNow");
  return new Intl.RelativeTimeFormat(formatLocale(), { numeric: "auto" }).format(
    Math.round(difference / step[1]),
    step[0],
  );
}
