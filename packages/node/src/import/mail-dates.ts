/** When a mail was written (RFC 5322, with what older programs wrote), in milliseconds since 1970; null for what is none. */
import { localTime, monthNamed } from "./times.ts";

const time = String.raw`(\d{1,2}):(\d\d)(?::(\d\d))?`;
/** `Thu, 1 Jan 2026 10:00:00 +0100` */
const written = new RegExp(
  String.raw`^(?:\p{L}{1,12},)?\s*(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{4}|\d{2})\s+${time}\s*([+-]\d{4}|[a-z]{1,5})?`,
  "iu",
);
/** `Thu Jan  1 10:00:00 2026`, with a zone before or behind the year. */
const plain = new RegExp(
  String.raw`\b([a-z]{3}) +(\d{1,2}) +${time}(?: +([+-]\d{4}|[a-z]{1,5}))? +(\d{4})(?: +([+-]\d{4}))?\s*$`,
  "i",
);
/** Hours that those are behind which RFC 5322 knows by name. */
const zones: Readonly<Record<string, number>> = {
  EDT: 4,
  EST: 5,
  CDT: 5,
  CST: 6,
  MDT: 6,
  MST: 7,
  PDT: 7,
  PST: 8,
};
/** The longest that a date at the end of a line may be. */
const plainLength = 60;

/** Without a zone it is UTC. */
export function mailDate(header: string): number | null {
  const found = written.exec(header);
  if (found === null) return plainDate(header);
  const [, day = "", month = "", year = "", hour, minute, second, zone] = found;
  const short = Number(year);
  const whole = year.length > 2 ? short : short + (short < 50 ? 2000 : 1900);
  return utcTime(whole, month, day, [hour, minute, second], zone);
}

/** At the end of a line that begins a mail in a mailbox. */
export function plainDate(line: string): number | null {
  const found = plain.exec(line.slice(-plainLength));
  if (found === null) return null;
  const [, month = "", day = "", hour, minute, second, zone, year, behind] = found;
  return utcTime(Number(year), month, day, [hour, minute, second], behind ?? zone);
}

function utcTime(
  year: number,
  month: string,
  day: string,
  [hour, minute, second = "0"]: (string | undefined)[],
  zone = "",
): number | null {
  const at = localTime(
    year,
    monthNamed(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    0,
    true,
  );
  if (at === null) return null;
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)$/.exec(zone) ?? [];
  if (sign === undefined) return at + (zones[zone.toUpperCase()] ?? 0) * 3_600_000;
  return at - (sign === "+" ? 1 : -1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
