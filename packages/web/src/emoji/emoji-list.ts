/** Every emoji by group, with its English name, and looking for one by words. Fetched when it is first needed. */
import { aliases } from "./aliases.ts";
import data from "./emoji-data.json";

export interface Emoji {
  emoji: string;
  name: string;
  /** Comes in the tones of skin. */
  toned: boolean;
}

export const emojiGroups = [
  "smileys",
  "people",
  "nature",
  "food",
  "travel",
  "activities",
  "objects",
  "symbols",
  "flags",
] as const;
export type EmojiGroup = (typeof emojiGroups)[number];

function read(lines: string): Emoji[] {
  return lines.split("\n").map((line) => {
    const space = line.indexOf(" ");
    const toned = line.endsWith("~");
    return {
      emoji: line.slice(0, space),
      name: line.slice(space + 1, toned ? -1 : undefined),
      toned,
    };
  });
}

export const emojiByGroup: Record<EmojiGroup, readonly Emoji[]> = {
  smileys: read(data.smileys),
  people: read(data.people),
  nature: read(data.nature),
  food: read(data.food),
  travel: read(data.travel),
  activities: read(data.activities),
  objects: read(data.objects),
  symbols: read(data.symbols),
  flags: read(data.flags),
};

const all = emojiGroups.flatMap((group) => emojiByGroup[group]);
const byEmoji = new Map(all.map((one) => [one.emoji, one]));

/** Also of one that has a tone. */
export function emojiNamed(emoji: string): Emoji {
  return (
    byEmoji.get(emoji) ?? {
      emoji,
      name: byEmoji.get(emoji.replace(/[\u{1F3FB}-\u{1F3FF}]/u, ""))?.name ?? emoji,
      toned: false,
    }
  );
}

/** Those that have every word of the query at the beginning of one of theirs; names that begin with the query come first. */
export function findEmoji(query: string, limit: number): Emoji[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const wanted = words.join(" ");
  const fits = all.filter((one) => {
    const own = [...one.name.toLowerCase().split(/[\s:,-]+/u), ...(aliases[one.emoji] ?? [])];
    const called = aliases[one.emoji]?.some((alias) => alias.startsWith(wanted)) ?? false;
    return called || words.every((word) => own.some((candidate) => candidate.startsWith(word)));
  });
  const rank = (one: Emoji) => (isCalled(one, wanted) ? 0 : one.name.startsWith(wanted) ? 1 : 2);
  return fits.toSorted((a, b) => rank(a) - rank(b)).slice(0, limit);
}

/** What `:shortcode:` stands for, if that is one emoji and no other; by its name before what people call it. */
export function emojiFor(shortcode: string): Emoji | null {
  const wanted = wordsOf(shortcode).join(" ");
  const named = all.find(({ name }) => name === wanted);
  const called = all.filter((one) => isCalled(one, wanted));
  return named ?? (called.length === 1 ? called[0]! : null);
}

function isCalled({ emoji, name }: Emoji, wanted: string): boolean {
  return name === wanted || (aliases[emoji]?.includes(wanted) ?? false);
}

function wordsOf(query: string): string[] {
  return query.toLowerCase().replaceAll("_", " ").split(" ").filter(Boolean);
}
