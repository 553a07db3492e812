const cache = new WeakMap<readonly string[], RegExp | null>();

/** Whole words, in whatever case; spaces in a keyword are any that separate words. */
function pattern(keywords: readonly string[]): RegExp | null {
  const known = cache.get(keywords);
  if (known !== undefined) return known;
  const parts = keywords.map((keyword) => (keyword.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).join("[^\\p{L}\\p{N}\\p{M}]+")).filter((part) => part !== "");
  const made = parts.length === 0 ? null : new RegExp(`(?<![\\p{L}\\p{N}\\p{M}])(?:${parts.join("|")})(?![\\p{L}\\p{N}\\p{M}])`, "giu");
  cache.set(keywords, made);
  return made;
}

/** Where keywords stand in a text: [from, to) in UTF-16 code units. */
export function keywordRanges(text: string, keywords: readonly string[]): [from: number, to: number][] {
  const found = pattern(keywords);
  return found === null ? [] : [...text.matchAll(found)].map((match) => [match.index, match.index + match[0].length]);
}
