import type { Member, Person } from "@multichat/client/contract";

const collator = new Intl.Collator(undefined, { numeric: true });
const compareNames = (a: Person, b: Person): number => collator.compare(a.name, b.name);

export function byName<T extends Person>(people: readonly T[]): readonly T[] {
  return people.toSorted(compareNames);
}

/** Oneself, then who is connected, then the others; by name within each. */
export function sortedMembers(members: readonly Member[]): readonly Member[] {
  return members.toSorted((a, b) => Number(b.you) - Number(a.you) || Number(b.connected) - Number(a.connected) || compareNames(a, b));
}
