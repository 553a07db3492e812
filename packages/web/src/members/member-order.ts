import type { Member } from "@multichat/client/contract";

const byName = new Intl.Collator(undefined, { numeric: true });

/** Oneself, then who is connected, then the others; by name within each. */
export function sortedMembers(members: readonly Member[]): readonly Member[] {
  return [...members].sort(
    (a, b) =>
      Number(b.you) - Number(a.you) ||
      Number(b.connected) - Number(a.connected) ||
      byName.compare(a.name, b.name),
  );
}

/** Those whose name has every word of the filter in it, accents aside. */
export function matchingMembers(members: readonly Member[], filter: string): readonly Member[] {
  const words = plain(filter).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return members;
  return members.filter((member) => words.every((word) => plain(member.name).includes(word)));
}

export function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
