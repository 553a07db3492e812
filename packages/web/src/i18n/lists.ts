import type { Person } from "@multichat/client/contract";
import { formatLocale, t } from "./messages.ts";

/** Names beyond these are counted. */
const mostNames = 12;

/** "Alice, Bob and Carol" */
export function listText(names: readonly string[]): string {
  return new Intl.ListFormat(formatLocale()).format(names);
}

/** "Alice, Bob and 3 more": the first of so many people. */
export function namesOf(people: readonly Person[], all: number): string {
  const names = people.slice(0, mostNames).map(({ name }) => name);
  const more = all - names.length;
  return listText(
    names.length > 0 && more > 0 ? [...names, t("delivery.more", { count: more })] : names,
  );
}
