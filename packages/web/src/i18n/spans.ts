/** How long something lasts yet, as people say it. */
import { clockTime, fullTime, relativeTime, startOfDay } from "./dates.ts";
import { t } from "./messages.ts";

/** "until 15:30, in 12 minutes"; the day with it if that is not today. 0 = without end. */
export function untilText(until: number, now: number): string {
  if (until === 0) return t("until.lifted");
  const today = startOfDay(until) === startOfDay(now);
  return t("until.time", { time: today ? clockTime(until) : fullTime(until), left: timeLeft(until, now) });
}

/** "in 40 seconds", "in 12 minutes". */
export function timeLeft(until: number, now: number): string {
  const seconds = Math.max(1, Math.ceil((until - now) / 1_000));
  return seconds < 60 ? t("until.seconds", { seconds }) : relativeTime(until, now);
}

/** "30 seconds", "5 minutes", "6 hours". */
export function spanText(seconds: number): string {
  if (seconds >= 3_600) return t("span.hours", { count: Math.round(seconds / 3_600) });
  if (seconds >= 60) return t("span.minutes", { count: Math.round(seconds / 60) });
  return t("span.seconds", { count: seconds });
}
