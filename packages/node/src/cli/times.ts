/** Times and durations as people write and read them. */

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** What is meant to be longer is meant to last. */
const century = 100 * 366 * day;

export function relativeTime(then: number, now: number): string {
  const ago = now - then;
  if (ago < -minute) return `in ${span(-ago)}`;
  if (ago < minute) return "just now";
  if (ago < 7 * day) return `${span(ago)} ago`;
  return isoDay(then);
}

function span(milliseconds: number): string {
  if (milliseconds < hour) return plural(Math.floor(milliseconds / minute), "minute");
  if (milliseconds < day) return plural(Math.floor(milliseconds / hour), "hour");
  return plural(Math.floor(milliseconds / day), "day");
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `2026-01-31`, in local time. */
export function isoDay(time: number): string {
  const date = new Date(time);
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

/** `09:05`, in local time. */
export function timeOfDay(time: number): string {
  const date = new Date(time);
  return `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

const units: Record<string, number> = { s: second, m: minute, h: hour, d: day, w: 7 * day };

/** `90s`, `30m`, `12h`, `7d`, `2w` in milliseconds, `never` as 0; null for anything else, and for more than a hundred years. */
export function parseDuration(text: string): number | null {
  if (text === "never") return 0;
  const [, digits = "", unit = ""] = /^(\d{1,9})([smhdw])$/.exec(text) ?? [];
  const milliseconds = Number(digits) * (units[unit] ?? 0);
  return milliseconds > 0 && milliseconds <= century ? milliseconds : null;
}

const exactUnits = [
  [86_400, "day"],
  [3_600, "hour"],
  [60, "minute"],
  [1, "second"],
] as const;

/** In the largest unit that says it exactly. */
export function durationWords(seconds: number): string {
  const [length, unit] = exactUnits.find(([one]) => seconds % one === 0)!;
  const count = seconds / length;
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
