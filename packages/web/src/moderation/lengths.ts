/** For how long somebody is muted or banned, in ms; 0 = until it is lifted. */
const hour = 3_600_000;

export const muteLengths = { tenMinutes: hour / 6, hour, day: 24 * hour, week: 168 * hour, lifted: 0 } as const;
export const banLengths = { lifted: 0, day: 24 * hour, week: 168 * hour, month: 720 * hour } as const;

export type Length = keyof typeof muteLengths | keyof typeof banLengths;

export function lengthNames<L extends Length>(lengths: Record<L, number>): L[] {
  return Object.keys(lengths) as L[];
}
