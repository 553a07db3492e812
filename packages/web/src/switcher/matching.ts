/** Which targets fit what was typed, best first: names that start with it, then words that do, then any place in them. */
import { plain } from "../members/matching-people.ts";

export interface Matchable {
  label: string;
  /** Higher comes first among equals. */
  weight: number;
}

export function matches<T extends Matchable>(targets: readonly T[], query: string): T[] {
  const wanted = plain(query.trim().replace(/^[#@]/u, ""));
  return targets
    .map((target) => ({ target, score: score(plain(target.label), wanted) }))
    .filter(({ score: value }) => value > 0)
    .sort(
      (a, b) =>
        b.score - a.score ||
        b.target.weight - a.target.weight ||
        a.target.label.localeCompare(b.target.label),
    )
    .map(({ target }) => target);
}

function score(label: string, wanted: string): number {
  if (wanted === "") return 1;
  if (label.startsWith(wanted)) return 4;
  if (label.split(/[\s-]+/u).some((word) => word.startsWith(wanted))) return 3;
  if (label.includes(wanted)) return 2;
  return inOrder(label, wanted) ? 1 : 0;
}

/** Every character of `wanted`, in order: "gdn" finds "garden". */
function inOrder(label: string, wanted: string): boolean {
  let from = 0;
  for (const character of wanted) {
    const found = label.indexOf(character, from);
    if (found === -1) return false;
    from = found + character.length;
  }
  return true;
}
