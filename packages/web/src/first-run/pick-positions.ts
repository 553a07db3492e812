const wordCount = 24;
const asked = 3;

/** Which words are asked for: one of each third of the phrase, so that a page torn in half would show. */
export function pickPositions(random: () => number): number[] {
  const third = wordCount / asked;
  return Array.from({ length: asked }, (_, index) => index * third + Math.floor(random() * third));
}
