import { formatLocale } from "./messages.ts";

/** "Alice, Bob and Carol" */
export function listText(names: readonly string[]): string {
  return new Intl.ListFormat(formatLocale()).format(names);
}
