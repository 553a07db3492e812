/** Times as logs write them, in milliseconds since 1970; null for what is none. */

const iso =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d\d:?\d\d)?$/i;

/** Without an offset it is this machine's time. */
export function isoTime(text: string): number | null {
  const found = iso.exec(text.trim());
  if (found === null) return null;
  const [, year, month, day, hour, minute, second = "0", fraction = "", offset] = found;
  const ms = Number(fraction.padEnd(3, "0").slice(0, 3));
  const at = localTime(
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    ms,
    offset !== undefined,
  );
  if (at === null || offset === undefined || offset.toUpperCase() === "Z") return at;
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(offset)!;
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === "+" ? at - ahead : at + ahead;
}

/** Null where there is no such day or time. @param month from 1 */
export function localTime(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  ms = 0,
  utc = false,
): number | null {
  const dayThere = new Date(Date.UTC(year, month - 1, day));
  if (
    dayThere.getUTCMonth() !== month - 1 ||
    dayThere.getUTCDate() !== day ||
    hour > 23 ||
    minute > 59 ||
    second > 60
  )
    return null;
  return utc
    ? Date.UTC(year, month - 1, day, hour, minute, second, ms)
    : new Date(year, month - 1, day, hour, minute, second, ms).getTime();
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** From 1; 0 for none. */
export function monthNamed(name: string): number {
  return months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}
