/** The recovery phrase (spec/02-accounts.md): 24 BIP-39 words that are the identity seed itself, not its PBKDF2 stretching. */
import { entropyToMnemonic, mnemonicToEntropy } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";

export const phraseLength = 24;
/** More would confuse rather than help. */
const maxSuggestions = 4;

/** @param identitySeed 32 bytes */
export function phraseWords(identitySeed: Uint8Array): string[] {
  return entropyToMnemonic(identitySeed, wordlist).split(" ");
}

export interface PhraseProblem {
  /** Words that are not in the list, by position from 0, with those near to them. */
  unlisted: { position: number; word: string; suggestions: string[] }[];
  /** Single words whose change for a near one makes the checksum right; only where all are in the list. */
  corrections: { position: number; word: string; instead: string }[];
  /** How many there are. */
  count: number;
}

export type PhraseReading = { ok: true; seed: Uint8Array } | ({ ok: false } & PhraseProblem);

const listed: ReadonlySet<string> = new Set(wordlist);

/** Words as a person typed them: capitals and white space do not matter. */
export function readPhrase(typed: readonly string[]): PhraseReading {
  const words = typed
    .map((word) => word.normalize("NFKD").trim().toLowerCase())
    .filter((word) => word !== "");
  const unlisted = words.flatMap((word, position) =>
    listed.has(word) ? [] : [{ position, word, suggestions: near(word) }],
  );
  const seed = unlisted.length === 0 && words.length === phraseLength ? seedOf(words) : null;
  if (seed !== null) return { ok: true, seed };
  const corrections =
    unlisted.length === 0 && words.length === phraseLength ? correctionsOf(words) : [];
  return { ok: false, unlisted, corrections, count: words.length };
}

function seedOf(words: readonly string[]): Uint8Array | null {
  try {
    return mnemonicToEntropy(words.join(" "), wordlist);
  } catch {
    return null;
  }
}

function correctionsOf(words: readonly string[]): PhraseProblem["corrections"] {
  return words.flatMap((word, position) =>
    near(word)
      .filter((instead) => seedOf(words.with(position, instead)) !== null)
      .map((instead) => ({ position, word, instead })),
  );
}

/** Words of the list at most two edits away, the nearest first. */
function near(word: string): string[] {
  return wordlist
    .map((candidate) => ({ candidate, distance: edits(word, candidate) }))
    .filter(({ candidate, distance }) => candidate !== word && distance <= 2)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, maxSuggestions)
    .map(({ candidate }) => candidate);
}

/** Letters inserted, left out, changed, or swapped with their neighbour; counts no further than is of use. */
function edits(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Infinity;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      let least = Math.min(
        above[j]! + 1,
        row[j - 1]! + 1,
        above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    before = above;
    above = row;
  }
  return above[b.length]!;
}
