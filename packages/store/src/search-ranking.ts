/** The best of what was found, page by page. */
import { type SearchPhrase, searchScore } from "@multichat/core/search";

/** Where a match stands in the order of relevance: the better first, of equals the newer. */
export interface SearchPlace {
  score: number;
  position: bigint;
}

/** All that stand behind `from`, the best first. */
export function bestFirst(
  found: Iterable<[position: bigint, text: string]>,
  phrases: readonly SearchPhrase[],
  from: SearchPlace | null,
): SearchPlace[] {
  const places: SearchPlace[] = [];
  for (const [position, text] of found) {
    const place = { score: searchScore(text, phrases), position };
    if (from === null || order(from, place) < 0) places.push(place);
  }
  return places.toSorted(order);
}

function order(a: SearchPlace, b: SearchPlace): number {
  if (a.score !== b.score) return b.score - a.score;
  return a.position > b.position ? -1 : a.position < b.position ? 1 : 0;
}
