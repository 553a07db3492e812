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

const units = [
  { unit: "days", seconds: 86_400 },
  { unit: "hours", seconds: 3_600 },
  { unit: "minutes", seconds: 60 },
  { unit: "seconds", seconds: 1 },
] as const;

/** "30 seconds", "90 minutes", "6 hours", "7 days": exact, but rounded where that takes more than three digits. */
export function spanText(seconds: number): string {
  const { unit, seconds: of } = units.find((one) => seconds >= one.seconds && (seconds % one.seconds === 0 || seconds >= 100 * one.seconds)) ?? units.at(-1)!;
  return t(`span.${unit}`, { count: Math.round(seconds / of) });
}
