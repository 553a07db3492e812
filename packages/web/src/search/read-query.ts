/**
 * What is typed into the search: words, and what narrows it, as chips or as words of their own: `from:Bob in:#general
 * before:2026-11-01 after:2026-10-01 has:file is:pinned`. A name with spaces stands in quotation marks.
 */
import type { Channel, Id, Person, SearchQuery } from "@multichat/client/contract";
import { plain } from "../members/matching-people.ts";

export const filterNames = ["from", "in", "before", "after", "has", "is"] as const;
export type FilterName = (typeof filterNames)[number];

export interface TypedFilter {
  name: FilterName;
  value: string;
}

export interface TypedQuery {
  words: string;
  filters: readonly TypedFilter[];
}

const filter =
  /(?<=^|\s)(?<name>from|in|before|after|has|is):(?:"(?<quoted>[^"]*)"|(?<bare>\S+))(?=\s|$)/giu;

export function readQuery(text: string): TypedQuery {
  const filters: TypedFilter[] = [];
  const words = text.replaceAll(filter, (whole, ...rest) => {
    const { name, quoted, bare } = rest.at(-1) as Record<string, string | undefined>;
    const value = (quoted ?? bare ?? "").trim();
    if (!value) return whole;
    filters.push({ name: name!.toLowerCase() as FilterName, value });
    return "";
  });
  return { words: words.replaceAll(/\s+/gu, " ").trim(), filters };
}

export function writeQuery({ words, filters }: TypedQuery): string {
  const written = filters.map(
    ({ name, value }) => `${name}:${/\s/u.test(value) ? `"${value}"` : value}`,
  );
  return [...written, words].filter(Boolean).join(" ");
}

/** The query with this filter, in place of another of its name where there can be one only. */
export function withFilter(query: TypedQuery, added: TypedFilter): TypedQuery {
  return { ...query, filters: [...query.filters.filter(({ name }) => name !== added.name), added] };
}

export interface Known {
  people: readonly Person[];
  channels: readonly Channel[];
}

/** What the node is asked; `unknown` are filters that name nobody and nothing known here. */
export function toSearch(
  { words, filters }: TypedQuery,
  { people, channels }: Known,
): { search: SearchQuery; unknown: readonly TypedFilter[] } {
  const search: SearchQuery = { query: words };
  const unknown: TypedFilter[] = [];
  for (const { name, value } of filters) {
    if (!narrow(search, name, value, people, channels)) unknown.push({ name, value });
  }
  return { search, unknown };
}

function narrow(
  search: SearchQuery,
  name: FilterName,
  value: string,
  people: readonly Person[],
  channels: readonly Channel[],
): boolean {
  switch (name) {
    case "from":
      return set(search, "from", named(people, value.replace(/^@/u, "")));
    case "in":
      return set(search, "channel", named(channels, value.replace(/^#/u, "")));
    case "before":
      return set(search, "before", dayStart(value));
    case "after":
      // The day itself is not after it.
      return set(search, "after", dayStart(value, 1));
    case "has":
      return value.toLowerCase() === "file" && set(search, "hasFile", true);
    case "is":
      return value.toLowerCase() === "pinned" && set(search, "pinned", true);
  }
}

function set<K extends keyof SearchQuery>(
  search: SearchQuery,
  key: K,
  value: SearchQuery[K] | undefined,
): boolean {
  if (value === undefined) return false;
  search[key] = value;
  return true;
}

/** By the whole name, or the only one that begins like it. */
function named(known: readonly { id: Id; name: string }[], name: string): Id | undefined {
  const wanted = plain(name);
  const whole = known.find((one) => plain(one.name) === wanted);
  if (whole) return whole.id;
  const beginning = known.filter((one) => plain(one.name).startsWith(wanted));
  return beginning.length === 1 ? beginning[0]!.id : undefined;
}

/** "2026-11-01": when that day begins here. */
function dayStart(value: string, later = 0): number | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(value) ?? [];
  if (!year) return undefined;
  const date = new Date(Number(year), Number(month) - 1, Number(day) + later);
  return Number.isNaN(date.getTime()) ? undefined : date.getTime();
}
