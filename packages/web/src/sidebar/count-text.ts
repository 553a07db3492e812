import { formatLocale } from "../i18n/messages.ts";

const most = 999;

/** An unread count that fits a badge. */
export function countText(count: number): string {
  const number = new Intl.NumberFormat(formatLocale()).format(Math.min(count, most));
  return count > most ? `${number}+` : number;
}
