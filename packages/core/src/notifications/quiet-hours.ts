/**
 * The hours in which a person is not to be disturbed (spec/14-notifications.md, Do not disturb), by the clock on the wall of
 * their time zone: when that is put forward or back, they are as long as the clock says.
 */
import type { QuietHours } from "./rules.ts";

const dayMs = 24 * 60 * 60_000;
const minuteMs = 60_000;
/** Times that meet each other; more than a week holds. */
const mostTimes = 32;

/** The clock on the wall: milliseconds since 1970 as if it showed UTC. */
type Wall = number;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric",
    });
    formats.set(zone, format);
  }
  return format;
}

export function isTimeZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** To the minute. */
function wallAt(zone: string, at: number): Wall {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) parts[type] = Number(value);
  // oxlint-disable-next-line no-restricted-globals -- counts days in a calendar; the time comes in
  return Date.UTC(parts.year!, parts.month! - 1, parts.day!, parts.hour!, parts.minute!);
}

/** When the clock shows this for the first time, or jumps over it. */
function instantOf(zone: string, wall: Wall): number {
  const guesses = [wall - dayMs, wall + dayMs].map((near) => wall - (wallAt(zone, near) - near));
  const [earlier, later] = [Math.min(...guesses), Math.max(...guesses)];
  const shown = [earlier, later].find((at) => wallAt(zone, at) === wall);
  // Between them it is put forward, over this time: what would have begun or ended then does so when it jumps.
  return shown ?? jumpBetween(zone, earlier, later, wall);
}

function jumpBetween(zone: string, from: number, to: number, wall: Wall): number {
  let [before, after] = [from, to];
  while (after - before > minuteMs) {
    const middle = before + Math.floor((after - before) / 2 / minuteMs) * minuteMs;
    if (wallAt(zone, middle) < wall) before = middle;
    else after = middle;
  }
  return after;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** When the times that hold at this moment end, ms; null: none does. Without an end if they leave no gap. */
export function quietUntil({ zone, times }: QuietHours, at: number, localZone: string): number | null {
  const where = zone ?? localZone;
  let end: number | null = null;
  for (let looked = 0; looked < mostTimes; looked++) {
    const next = endOf(times, where, end ?? at);
    if (next === null) return end;
    end = next;
  }
  return Infinity;
}

/** The latest end among the times that hold. */
function endOf(times: QuietHours["times"], zone: string, at: number): number | null {
  if (times.length === 0) return null;
  const today = Math.floor(wallAt(zone, at) / dayMs) * dayMs;
  let latest: number | null = null;
  for (const midnight of [today - dayMs, today]) {
    // 1970 began on a Thursday.
    const weekday = ((midnight / dayMs + 3) % 7) + 1;
    for (const { days, from, to } of times) {
      if (!days.includes(weekday)) continue;
      const [begin, finish] = [minutesOf(from), minutesOf(to)];
      const starts = instantOf(zone, midnight + begin * minuteMs);
      const ends = instantOf(zone, midnight + finish * minuteMs + (finish <= begin ? dayMs : 0));
      if (starts <= at && at < ends && (latest === null || ends > latest)) latest = ends;
    }
  }
  return latest;
}
