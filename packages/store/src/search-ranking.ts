/** The best of what was found, page by page. */
import { type SearchPhrase, searchScore } from "@multichat/core/search";

/** `arrival`: of the event. `older`: 1 if it stands behind where the page before ended, by time alone. */
export type Found = [arrival: number, text: string, older: number];

export interface Ranked {
  arrival: number;
  score: number;
}

/**
 * The best, at most so many; of equals those that come first. Only these are kept on the way: there may be many thousands.
 * @param found the newest first
 * @param after the score at which the page before ended; null: this is the first
 */
export function bestOf(
  found: readonly Found[],
  phrases: readonly SearchPhrase[],
  after: number | null,
  most: number,
): Ranked[] {
  const best: Ranked[] = [];
  for (const [arrival, text, older] of found) {
    const score = searchScore(text, phrases);
    if (after !== null && !(score < after || (score === after && older === 1))) continue;
    if (best.length === most && score <= best[most - 1]!.score) continue;
    let at = best.length;
    while (at > 0 && best[at - 1]!.score < score) at--;
    best.splice(at, 0, { arrival, score });
    if (best.length > most) best.pop();
  }
  return best;
}
