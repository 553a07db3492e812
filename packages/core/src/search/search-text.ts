/**
 * What can be found of a text, and what a person looks for (spec/08-store.md, Search). Both are brought into the same form: words
 * without case and accents, one space apart. Scripts that write without spaces between words have each character for a word, so
 * that a part of a longer word is found as a phrase. An emoji is a word too, whatever the tone of its skin.
 */

/** Words that stand next to each other. */
export interface SearchPhrase {
  words: string[];
  /** The last one may go on. */
  begins: boolean;
}

/** All words together; more than anybody types, and each is another list to read. */
export const maxSearchWords = 32;

const ascii = /^[\0-\x7f]*$/;
/** And what says how the character before it is drawn. */
const accents = /[\u0300-\u036f\ufe00-\ufe0f]/g;
const words = /[\p{L}\p{N}\p{M}]+/gu;
const emoji = /[\p{Extended_Pictographic}\p{RI}]/gu;
const wordsAndEmoji = new RegExp(`${words.source}|${emoji.source}`, "gu");
const characterScripts =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}ー]/gu;
/** A closed quotation, or what stands between spaces and quotation marks. */
const queryParts = /["“”„«»]([^"“”„«»]*)["“”„«»]|[^\s"“”„«»]+/gu;

/** The words of a text in order, one space apart. */
export function searchText(text: string): string {
  if (ascii.test(text)) return (text.toLowerCase().match(words) ?? []).join(" ");
  const plain = text
    .normalize("NFKD")
    .replace(accents, "")
    .normalize("NFKC")
    .replace(characterScripts, " $& ")
    .toLowerCase()
    .replaceAll("ß", "ss");
  return (plain.match(wordsAndEmoji) ?? []).join(" ").replace(emoji, emojiWord);
}

/**
 * A character of the private use area: a full-text index takes those for words, and an emoji for what stands between them. Nobody
 * can type it, as what is typed goes through here too. Emoji are in the first two planes, so that no two become the same.
 */
function emojiWord(character: string): string {
  return String.fromCodePoint(0xf0000 + (character.codePointAt(0)! & 0xffff));
}

/** What all has to be found; empty where nothing can be. Words are found at the beginning of a word too, quotations as they are. */
export function searchPhrases(query: string): SearchPhrase[] {
  const phrases: SearchPhrase[] = [];
  let room = maxSearchWords;
  for (const [part, quoted] of query.matchAll(queryParts)) {
    const text = searchText(quoted ?? part);
    const found = text === "" ? [] : text.split(" ").slice(0, room);
    room -= found.length;
    if (found.length > 0) phrases.push({ words: found, begins: quoted === undefined });
  }
  return phrases;
}

/** The share of a text's score that one more match adds falls with each, and with the words that are something else. */
const usualWords = 12;

/**
 * How well a text made by `searchText` answers; 0 if it lacks a phrase. It depends on nothing but the text, so that it stays the same
 * whatever else there is.
 */
export function searchScore(text: string, phrases: readonly SearchPhrase[]): number {
  const padded = ` ${text} `;
  const length = 0.5 + padded.length / 6 / usualWords / 2;
  let score = 0;
  for (const { words: phrase, begins } of phrases) {
    const weight = matches(padded, ` ${phrase.join(" ")}`, begins);
    if (weight === 0) return 0;
    score += weight / (weight + length);
  }
  return score;
}

/** Whole words count double. */
function matches(padded: string, phrase: string, begins: boolean): number {
  let weight = 0;
  for (let at = padded.indexOf(phrase); at !== -1; at = padded.indexOf(phrase, at + 1)) {
    if (padded[at + phrase.length] === " ") weight += 2;
    else if (begins) weight += 1;
  }
  return weight;
}
