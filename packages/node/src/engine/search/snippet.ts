/** The part of a text in which something was found, with the places (spec/local-api.md, Excerpt). */
import type { Excerpt } from "@multichat/client/contract";
import { searchPhrases, searchText } from "@multichat/core/search";

/** Characters before and after the first place. */
const before = 40;
const length = 160;

/** One word of the text, in the form in which it is looked for. */
interface Word {
  form: string;
  from: number;
  to: number;
}

const letters = /[\p{L}\p{N}\p{M}]+/u;
/** As it is drawn: with how, and what it is joined with. */
const emoji = /\p{RI}{1,2}|\p{Extended_Pictographic}[\ufe0e\ufe0f\p{EMod}]*(?:\u200d\p{Extended_Pictographic}[\ufe0e\ufe0f\p{EMod}]*)*/u;
const runs = new RegExp(`${letters.source}|(?<emoji>${emoji.source})`, "gu");

export function snippetOf(text: string, query: string): Excerpt {
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
export function placesOf(text: string, query: string): Excerpt["ranges"] {
  const words = wordsOf(text);
  const found: Excerpt["ranges"] = [];
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
  const apart: Excerpt["ranges"] = [];
  for (const place of found) if (place[0] >= (apart.at(-1)?.[1] ?? 0)) apart.push(place);
  return apart;
}

function wordsOf(text: string): Word[] {
  return [...text.matchAll(runs)].flatMap((match): Word[] => {
    const to = match.index + match[0].length;
    const forms = searchText(match[0]).split(" ").filter((form) => form !== "");
    if (forms.length < 2 || match.groups!["emoji"] !== undefined) return forms.map((form) => ({ form, from: match.index, to }));
    return charactersOf(match[0], match.index);
  });
}

/** Of a run in which characters are words: those, and what stands between them. */
function charactersOf(run: string, start: number): Word[] {
  const parts: string[] = [];
  let last = "";
  for (const character of run) {
    if (last !== "" && !searchText(last + character).includes(" ")) parts.push(parts.pop()! + character);
    else parts.push(character);
    last = character;
  }
  let at = start;
  return parts.map((part): Word => {
    const from = at;
    at += part.length;
    return { form: searchText(part), from, to: at };
  });
}

/** Not in the middle of a word, if there is a space near. */
function wordStart(text: string, at: number): number {
  if (at <= 0) return 0;
  const space = text.indexOf(" ", at);
  return space === -1 || space > at + 20 ? at : space + 1;
}
