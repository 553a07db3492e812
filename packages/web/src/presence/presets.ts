/** Statuses that many need, and until when one may last. */
export const ends = ["never", "30m", "1h", "4h", "today", "week"] as const;
export type StatusEnd = (typeof ends)[number];

export const presets = [
  { name: "meeting", emoji: "🗓️", end: "1h" },
  { name: "lunch", emoji: "🍜", end: "1h" },
  { name: "focus", emoji: "🎧", end: "4h" },
  { name: "sick", emoji: "🤒", end: "today" },
  { name: "holiday", emoji: "🌴", end: "week" },
] as const satisfies readonly { name: string; emoji: string; end: StatusEnd }[];

const minute = 60_000;

/** When it ends, ms; 0: never. A day ends at midnight here, a week with its Sunday. */
export function endOf(end: StatusEnd, now: number): number {
  switch (end) {
    case "never":
      return 0;
    case "30m":
      return now + 30 * minute;
    case "1h":
      return now + 60 * minute;
    case "4h":
      return now + 240 * minute;
    case "today":
      return midnightAfter(now, 1);
    case "week":
      return midnightAfter(now, 8 - (new Date(now).getDay() || 7));
  }
}

function midnightAfter(now: number, days: number): number {
  const day = new Date(now);
  day.setHours(24 * days, 0, 0, 0);
  return day.getTime();
}
