/** For how long notifications can be paused. */
import { endless } from "./reason-text.ts";

export const pauseEnds = ["none", "halfHour", "hour", "morning", "good"] as const;
export type PauseEnd = (typeof pauseEnds)[number];

const minute = 60_000;
const morningHour = 8;

/** When it ends, ms; 0: not paused. The morning is the first one after midnight, by the clock here. */
export function endOf(end: PauseEnd, now: number): number {
  switch (end) {
    case "none":
      return 0;
    case "halfHour":
      return now + 30 * minute;
    case "hour":
      return now + 60 * minute;
    case "morning":
      return nextMorning(now);
    case "good":
      return endless;
  }
}

function nextMorning(now: number): number {
  const day = new Date(now);
  // Before dawn it is still the night of the day before.
  if (day.getHours() >= morningHour) day.setDate(day.getDate() + 1);
  return day.setHours(morningHour, 0, 0, 0);
}
