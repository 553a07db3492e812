const hour = 3_600_000;

/** Lifetimes in milliseconds; 0 = never expires. */
export const expiries = { hour, day: 24 * hour, week: 7 * 24 * hour, month: 30 * 24 * hour, never: 0 };
export type Expiry = keyof typeof expiries;

/** How often a link may be used; 0 = no limit. */
export const useLimits = { one: 1, five: 5, twentyFive: 25, any: 0 };
export type UseLimit = keyof typeof useLimits;
