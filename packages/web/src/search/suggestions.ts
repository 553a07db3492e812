/** What could stand after `from:`, `in:` and the others, while one is being typed at the end of the query. */
import { shortDate, startOfDay } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { plain } from "../members/matching-people.ts";
import type { FilterName, Known } from "./read-query.ts";

export interface Suggestion {
  label: string;
  note: string;
  /** The query with it. */
  query: string;
}

const mostShown = 8;
const day = 86_400_000;
const unfinished =
  /(?<=^|\s)(?<name>from|in|before|after|has|is):"?(?<value>[^"\s]*(?:\s[^":]*)?)$/iu;

export function suggestionsFor(
  query: string,
  { people, channels }: Known,
  now: number,
): readonly Suggestion[] {
  const match = unfinished.exec(query);
  if (!match?.groups) return [];
  const name = match.groups["name"]!.toLowerCase() as FilterName;
  const typed = plain(match.groups["value"]!.replace(/^[@#]/u, ""));
  const before = query.slice(0, match.index);
  const written = (value: string) =>
    `${before}${name}:${/\s/u.test(value) ? `"${value}"` : value} `;
  const fitting = (names: readonly string[], sign: string): Suggestion[] =>
    [...new Set(names)]
      .filter(
        (one) =>
          plain(one).startsWith(typed) ||
          plain(one)
            .split(/\s+/u)
            .some((word) => word.startsWith(typed)),
      )
      .filter((one, _, all) => all.length > 1 || plain(one) !== typed)
      .slice(0, mostShown)
      .map((one) => ({
        label: `${sign}${one}`,
        note: t(`search.filter.${name}`),
        query: written(one),
      }));
  switch (name) {
    case "from":
      return fitting(
        people.map((person) => person.name),
        "",
      );
    case "in":
      return fitting(
        channels.map((channel) => channel.name),
        "#",
      );
    case "has":
      return fitting(["file"], "");
    case "is":
      return fitting(["pinned"], "");
    case "before":
    case "after":
      return [0, 1, 7, 30, 365].flatMap((days) => {
        const time = startOfDay(now) - days * day;
        const value = dateOf(time);
        return value.startsWith(typed) && value !== typed
          ? [{ label: shortDate(time), note: t(`search.filter.${name}`), query: written(value) }]
          : [];
      });
  }
}

/** "2026-11-24", in the person's time zone. */
function dateOf(time: number): string {
  const date = new Date(time);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
