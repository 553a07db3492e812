/** The part of a text in which something was found, with the places (spec/local-api.md, Hit). */
import { searchPhrases, searchText } from "@multichat/core/search";

/** Characters before and after the first place. */
const before = 40;
const length = 160;

/** One word of the text, in the form in which it is looked for; a run of characters without spaces gives several. */
interface Word {
  form: string;
  from: number;
  to: number;
}

const runs = /[\p{L}\p{N}\p{M}]+/gu;

export function snippetOf(text: string, query: string): { snippet: string; ranges: [from: number, to: number][] } {
  const found = placesOf(text, query);
  const start = Math.max(0, wordStart(text, (found[0]?.[0] ?? 0) - before));
  const end = start + length >= text.length ? text.length : Math.max(wordStart(text, start + length), found[0]?.[1] ?? 0);
  const head = start > 0 ? "…" : "";
  const shift = head.length - start;
  return {
    snippet: `${head}${text.slice(start, end).trimEnd().replaceAll(/\s/g, " ")}${end < text.length ? "…" : ""}`,
    ranges: found.filter(([from, to]) => from >= start && to <= end).map(([from, to]) => [from + shift, to + shift]),
  };
}

/** Where phrases of the query stand, in order and without overlap. */
function placesOf(text: string, query: string): [number, number][] {
  const words = wordsOf(text);
  const found: [number, number][] = [];
  for (const { words: wanted, begins } of searchPhrases(query)) {
    for (let at = 0; at + wanted.length <= words.length; at++) {
      const fits = wanted.every((word, i) => {
        const { form } = words[at + i]!;
        return begins && i === wanted.length - 1 ? form.startsWith(word) : form === word;
      });
      if (fits) found.push([words[at]!.from, words[at + wanted.length - 1]!.to]);
    }
  }
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return found.filter(([from], i) => i === 0 || from >= found[i - 1]![1]);
}

function wordsOf(text: string): Word[] {
  return [...text.matchAll(runs)].flatMap((match): Word[] => {
    const forms = searchText(match[0]).split(" ").filter((form) => form !== "");
    if (forms.length < 2) return forms.map((form) => ({ form, from: match.index, to: match.index + match[0].length }));
    // Each of its characters is a word.
    let at = match.index;
    return Array.from(match[0], (character): Word => {
      const from = at;
      at += character.length;
      return { form: searchText(character), from, to: at };
    });
  });
}

/** Not in the middle of a word, if there is a space near. */
function wordStart(text: string, at: number): number {
  if (at <= 0) return 0;
  const space = text.indexOf(" ", at);
  return space === -1 || space > at + 20 ? at : space + 1;
}
