/** A person's colour and initials. The colour comes from the id, so it is the same on every device. */

const hues = 12;

export function hueOf(id: string): number {
  let hash = 0;
  for (const character of id.slice(0, 16)) hash = (hash * 31 + character.codePointAt(0)!) >>> 0;
  return ((hash % hues) * 360) / hues + 15;
}

export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = firstGlyph(words[0]);
  const last = words.length > 1 ? firstGlyph(words.at(-1)) : "";
  return (first + last).toLocaleUpperCase() || "?";
}

function firstGlyph(word: string | undefined): string {
  if (!word) return "";
  const letters = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(word)];
  return letters.find(({ segment }) => /[\p{L}\p{N}]/u.test(segment))?.segment ?? "";
}
