/** After how long messages disappear, in seconds; 0: they stay. */
const [minute, hour, day] = [60, 3_600, 86_400];
const week = 7 * day;

/** Of one message. */
export const timers = [10, 30, minute, 5 * minute, hour, 8 * hour, day, week, 4 * week] as const;
/** Of all in a channel or a workspace. */
export const retentions = [0, hour, day, week, 30 * day, 90 * day, 365 * day] as const;

export const units = { seconds: 1, minutes: minute, hours: hour, days: day, weeks: week } as const;
export type Unit = keyof typeof units;

/** What a timer of one's own may be. */
export const timerBounds = { least: 1, most: 366 * day } as const;
export const retentionBounds = { least: minute, most: 36_500 * day } as const;
