/** How much somebody is told of at once (spec/14-notifications.md, Not too much). */

/** After something was shown, what else comes in the same place is gathered for as long; longer and longer while it goes on. */
export const calmMs = 10_000;
export const calmestMs = 5 * 60_000;

/** Of everything together: a raid on many channels is one more line, not a thousand. */
export const mostInWindow = 10;
export const windowMs = 60_000;

/** Whoever was away when something was written is told of all that with one notification. */
export const missedAfterMs = 10 * 60_000;
export const digestAfterMs = 3_000;
export const digestAtMostMs = 60_000;

/** Places that one notification names. */
export const placesNamed = 10;

/** Changes of what waits for a decision are looked at together. */
export const lookMs = 50;

/** What was taken out of the inbox is remembered for other devices; longer than items are kept there. */
export const clearedKeptMs = 90 * 24 * 60 * 60_000;
