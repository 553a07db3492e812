import type { Person } from "@multichat/client/contract";
import { plain } from "../members/member-order.ts";

const byName = new Intl.Collator(undefined, { numeric: true });

/** Those whose name has every word of the query in it, accents aside; by name. */
export function matchingPeople<T extends Person>(people: readonly T[], query: string): T[] {
  const words = plain(query).split(/\s+/u).filter(Boolean);
  return people.filter(({ name }) => words.every((word) => plain(name).includes(word))).sort((a, b) => byName.compare(a.name, b.name));
}
