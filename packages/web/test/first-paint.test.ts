/**
 * What a browser fetches before it shows a conversation: the page's scripts and styles with all that they import, and the
 * words of one language. There are no fonts. It is built here if `npm test` has not built it already.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { laterWords } from "../build/later-words.ts";
import { languages } from "../src/i18n/languages.ts";

const dist = join(import.meta.dirname, "../dist");
const mostBytes = 250_000;

/** Each is fetched when somebody asks for it. */
const later = [
  "src/emoji/EmojiPicker.tsx",
  "src/settings/SettingsSheet.tsx",
  "src/settings/sections/Appearance.tsx",
  "src/search/SearchSheet.tsx",
  "src/codes/CameraView.tsx",
  "src/linking/LinkDeviceSheet.tsx",
  "src/kinds/poll.tsx",
  ...languages.flatMap((language) => [
    `src/locales/${language}.first.js`,
    `src/locales/${language}.later.js`,
  ]),
];

interface Chunk {
  file: string;
  imports?: string[];
  css?: string[];
  isDynamicEntry?: boolean;
}

let chunks: Record<string, Chunk>;
let page: string;

beforeAll(() => {
  execFileSync(process.execPath, [join(import.meta.dirname, "../../../scripts/build-web.mjs")]);
  chunks = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8")) as typeof chunks;
  page = readFileSync(join(dist, "index.html"), "utf8");
}, 120_000);

test("the first paint of a conversation takes at most 250 kB", () => {
  const files = [...firstFiles()];
  const sizes = Object.fromEntries(files.map((file) => [file, zipped(file)]));
  const words = Math.max(
    ...languages.map((language) => zipped(chunks[`src/locales/${language}.first.js`]!.file)),
  );
  const sum = Object.values(sizes).reduce((all, size) => all + size, words);
  expect(files.some((file) => file.endsWith(".css"))).toBe(true);
  expect(sum, `${sum} bytes: ${JSON.stringify(sizes)} and ${words} of words`).toBeLessThanOrEqual(
    mostBytes,
  );
});

test("what is not needed for it comes later", () => {
  const first = firstFiles();
  const isLater = (id: string) =>
    chunks[id]?.isDynamicEntry === true && !first.has(chunks[id].file);
  expect(later.filter((id) => !isLater(id))).toEqual([]);
});

test("what it says is among the words that come first", () => {
  const scripts = [...firstFiles()]
    .map((file) => readFileSync(join(dist, file), "utf8"))
    .join("\n");
  expect(laterWords.filter((word) => new RegExp(`["'\`]${word}\\.`, "u").test(scripts))).toEqual(
    [],
  );
});

/** The files that the page names, and what they import. */
function firstFiles(): Set<string> {
  const named = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/gu)].map(([, file]) => file!);
  const byFile = new Map(Object.values(chunks).map((chunk) => [chunk.file, chunk]));
  const found = new Set<string>();
  const add = (file: string) => {
    if (found.has(file)) return;
    found.add(file);
    const chunk = byFile.get(file);
    for (const other of chunk?.imports ?? []) add(chunks[other]!.file);
    for (const style of chunk?.css ?? []) add(style);
  };
  for (const file of named) add(file);
  return found;
}

function zipped(file: string): number {
  return gzipSync(readFileSync(join(dist, file))).length;
}
