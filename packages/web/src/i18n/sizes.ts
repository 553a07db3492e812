/** Sizes of files as people say them. */
import { formatLocale } from "./messages.ts";

const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

export function fileSize(bytes: number): string {
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const format = new Intl.NumberFormat(formatLocale(), { style: "unit", unit: units[step]!, unitDisplay: step === 0 ? "long" : "short", maximumFractionDigits: 1 });
  return format.format(bytes / 1_000 ** step);
}
