/** The 24 words: from a pipe as they come, on a terminal one after another, each gone from the screen when the next is asked for. */
import type { Client } from "@multichat/client";
import { CliError } from "./cli-error.ts";
import type { CliHost } from "./host.ts";
import type { LineReader } from "./line-reader.ts";
import { createTypedLine } from "./typed-line.ts";

const count = 24;
/** More than any word has, and no more than the node takes. */
const mostLetters = 64;

export function readWords(host: CliHost, lines: LineReader, client: Client): Promise<string[]> {
  return lines.isTerminal
    ? lines.silently(() => typedWords(host, lines, client))
    : pipedWords(lines);
}

/** On one line, or one on each of 24. */
async function pipedWords(lines: LineReader): Promise<string[]> {
  const words: string[] = [];
  while (words.length < count) {
    const line = await lines.next();
    if (line === null) break;
    words.push(...line.split(/\s+/).filter((word) => word !== "" && !isNumber(word)));
  }
  return words;
}

/** Says at once what is none of the list's words; asks again for it, or for one that was perhaps meant otherwise, at the end. */
async function typedWords(host: CliHost, lines: LineReader, client: Client): Promise<string[]> {
  const words: string[] = [];
  const say = (text: string): void => host.stderr.write(`\r\u001b[K${text}`);
  say(
    `Type the ${count} words of your recovery phrase. Backspace goes back to the word before, Enter keeps a word as it is.\n`,
  );
  try {
    for (let at = 0; ;) {
      const before = words[at];
      const line = createTypedLine({ word: true });
      const show = (): void =>
        say(
          `Word ${at + 1} of ${count}${before === undefined ? "" : ` (so far ${before})`}: ${line.text}`,
        );
      show();
      const end = await lines.typed(line, show);
      if (end.how === "ended") throw new CliError("bad-request", "Stopped before the last word.");
      if (end.how === "back") {
        at = Math.max(0, at - 1);
        continue;
      }
      const word = end.text.trim().toLowerCase().slice(0, mostLetters) || before;
      if (word === undefined || isNumber(word)) continue;
      words[at] = word;
      const { ok, unlisted, corrections, detail } = await client.call("account.check-words", {
        words,
      });
      if (ok) return words;
      const changed = before !== undefined && word !== before;
      if (words.length === count && (changed || at === count - 1)) {
        say(`${detail}\n`);
        at = unlisted[0]?.position ?? corrections[0]?.position ?? 0;
        continue;
      }
      const strange = unlisted.find(({ position }) => position === at);
      if (strange !== undefined && strange.word !== before)
        say(`"${word}" is none of the words in the list.${suggested(strange.suggestions)}\n`);
      at++;
    }
  } finally {
    say("");
  }
}

function suggested(words: readonly string[]): string {
  return words.length === 0
    ? ""
    : ` Did you mean ${words.map((word) => `"${word}"`).join(" or ")}?`;
}

/** Of those that stand before words where they were written down. */
function isNumber(word: string): boolean {
  return /^\d+\.?$/.test(word);
}
