/**
 * Writes src/emoji/emoji-data.json from the Unicode Consortium's emoji-test.txt (in Debian's package unicode-data), which has
 * every emoji in the order of keyboards, with its name:
 *
 *     node build/make-emoji-data.ts /usr/share/unicode/emoji/emoji-test.txt
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withTone } from "../src/emoji/skin-tone.ts";

const groups: Record<string, string> = {
  "Smileys & Emotion": "smileys",
  "People & Body": "people",
  "Animals & Nature": "nature",
  "Food & Drink": "food",
  "Travel & Places": "travel",
  Activities: "activities",
  Objects: "objects",
  Symbols: "symbols",
  Flags: "flags",
};
/** Newer ones are empty squares on many computers. */
const newestVersion = 14;
const line = /; fully-qualified\s+# (\S+) E(\d+)\.\d+ (.+)$/u;
const lightest = 1;

const found: Record<string, { emoji: string; name: string }[]> = {};
const all = new Set<string>();
let group = "";
for (const text of readFileSync(process.argv[2]!, "utf8").split("\n")) {
  const heading = /^# group: (.+)$/u.exec(text)?.[1];
  if (heading) group = groups[heading] ?? "";
  const [, emoji, version, name] = line.exec(text) ?? [];
  if (!emoji || !name || !group || Number(version) > newestVersion) continue;
  all.add(emoji);
  if (!/skin tone/u.test(name)) (found[group] ??= []).push({ emoji, name });
}

// One line an emoji; a tilde where it comes in the tones of skin.
const compact = Object.fromEntries(
  Object.entries(found).map(([id, list]) => [
    id,
    list
      .map(({ emoji, name }) => `${emoji} ${name}${all.has(withTone(emoji, lightest)) ? "~" : ""}`)
      .join("\n"),
  ]),
);
writeFileSync(
  join(import.meta.dirname, "../src/emoji/emoji-data.json"),
  `${JSON.stringify(compact, null, 1)}\n`,
);
