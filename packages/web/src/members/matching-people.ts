import type { Person } from "@multichat/client/contract";

/** Those whose name has every word of the query in it, accents aside; in the order they came. */
export function matchingPeople<T extends Person>(people: readonly T[], query: string): readonly T[] {
  const words = plain(query).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return people;
  return people.filter(({ name }) => words.every((word) => plain(name).includes(word)));
}

export function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
