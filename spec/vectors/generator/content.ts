/** Vectors of spec/12-content.md: the payloads of the content kinds, and the names of threads and blobs. */
import {
  type AccountId,
  type BlobId,
  type CborMap,
  type CborValue,
  type ContentKindName,
  type ContentPayload,
  type EventId,
  type FileEntry,
  chunkSize,
  chunksOfPage,
  encode,
  encodeContent,
  toHex,
} from "@multichat/protocol";
import { type Chapter, valueOf } from "./cases.ts";
import { undecodable } from "./content-refused.ts";
import { type Json, asJson } from "./json.ts";
import { ascendingIds, id, join, labelled } from "./keys.ts";

const target = id<EventId>("target");
const account = id<AccountId>("account");
const blob = id<BlobId>("blob");
const role = id<EventId>("role");
const latest = 2 ** 47 - 1;

const plainFile: FileEntry = ["notes.txt", "text/plain", 1, blob, {}];
const files: FileEntry[] = [
  ["a picture.webp", "image/webp", 81_920, blob, { width: 1, height: 65_535, thumb: [id("thumb"), 65_536] }],
  ["voice", "audio/ogg", 2 ** 40, blob, { duration: latest, wave: Array.from({ length: 64 }, (_, i) => 4 * i), voice: true }],
  ["🦄".repeat(127), `a/${"b".repeat(98)}`, 131_073, blob, { width: 65_535, height: 1, duration: 0, thumb: [id("thumb"), 1], wave: [255] }],
  ["...", "application/vnd.api+json", 1, blob, {}],
];
const everyMessageKey = {
  text: "all at once",
  reply: target,
  title: "A title",
  tags: ["a tag", "A tag"],
  files: [plainFile],
  once: true as const,
  forward: [target, account, 1_760_000_000_000] as [EventId, AccountId, number],
};
const poll = { text: "Tea or coffee?", question: "Tea or coffee?", options: ["Tea", "Coffee"], many: false, hidden: false, closes: 0 };

type Named<K extends ContentKindName> = [name: string, payload: ContentPayload<K>];

const payloads: { [K in ContentKindName]: Named<K>[] } = {
  message: [
    ...["Hello, Bob", "x", "**bold** and `code`\n\n- a list", "🦄", "\u200b", "  spaces around  "].map((text): Named<"message"> => ["a text", { text }]),
    ["mentions", { text: `<@${account}>, <@&${role}>, <#${target}> and <@everyone>, but not \`<@everyone>\`` }],
    ["an answer", { text: "Yes", reply: target }],
    ["the shortest title and tag", { text: "topic", title: "t", tags: ["g"] }],
    ["the longest title, and five of the longest tags", { text: "topic", title: "🦄".repeat(100), tags: ["1", "2", "3", "4", "5"].map((digit) => digit.repeat(32)) }],
    ["files without text", { files: [plainFile] }],
    ["files with all there is to their shapes", { text: "Look", files }],
    ["ten files, some of them the same", { files: Array.from({ length: 10 }, () => plainFile) }],
    ["files to be seen once", { files: [plainFile], once: true }],
    ["a forward of what has no time", { text: "theirs", forward: [target, account, 0] }],
    ["a forward", { text: "theirs", forward: [target, account, latest] }],
    ["every key", everyMessageKey],
  ],
  reply: [
    ["in a thread", { text: "Yes", thread: target }],
    ["in the channel too", { text: "Yes", thread: target, also: true }],
    ["every key", { ...everyMessageKey, thread: target, also: true }],
  ],
  imported: [
    ["from elsewhere", { text: "Hello", author: "a", source: "irc" }],
    ["the longest author and source", { text: "Hello", author: "🦄".repeat(32), source: "s".repeat(32) }],
    ["every key", { ...everyMessageKey, thread: target, author: "ada", source: "slack" }],
  ],
  delete: [["a message", { target }]],
  edit: [
    ["the text", { target, text: "better" }],
    ["all that can be changed", { target, text: "better", title: "Better", tags: ["better"] }],
  ],
  reaction: [
    ["there", { target, emoji: "👍", on: true }],
    ["taken back", { target, emoji: "👍🏿", on: false }],
    ["a family with skin tones", { target, emoji: ["👨🏿", "👩🏿", "👧🏿", "👦🏿"].join("\u200d"), on: true }],
    ["the longest", { target, emoji: "🦄".repeat(16), on: true }],
    ["a key cap", { target, emoji: "1\ufe0f\u20e3", on: true }],
    ["a flag of tag characters", { target, emoji: String.fromCodePoint(0x1f3f4, ...[0x67, 0x62, 0x65, 0x6e, 0x67, 0x7f].map((letter) => 0xe0000 + letter)), on: true }],
  ],
  pin: [
    ["there", { target, on: true }],
    ["taken off", { target, on: false }],
  ],
  poll: [
    ["two options", poll],
    ["several may be chosen, hidden, with an end", { ...poll, many: true, hidden: true, closes: latest }],
    ["the most and longest options", { ...poll, question: "?".repeat(300), options: Array.from({ length: 20 }, (_, i) => String.fromCharCode(97 + i).repeat(200)) }],
    ["options that look the same: é in one code point and in two", { ...poll, options: ["\u00e9", "e\u0301"] }],
  ],
  vote: [
    ["the first", { target, choices: [0] }],
    ["all of twenty", { target, choices: Array.from({ length: 20 }, (_, i) => i) }],
    ["taken back", { target, choices: [] }],
  ],
  list: [
    ["a list", { text: "Shopping", title: "Shopping" }],
    ["the longest title", { text: "List", title: "l".repeat(200) }],
  ],
  item: [
    ["the first", { target, item: "a", text: "Bread", done: false, place: 0 }],
    ["the longest, last", { target, item: "0123456789abcdefghijklmnopqrstuv", text: "b".repeat(500), done: true, place: 2 ** 32 - 1 }],
    ["taken off the list", { target, item: "z", text: "", done: false, place: 1 }],
    ["white space is a text here", { target, item: "z", text: " ", done: false, place: 1 }],
  ],
};

const kinds = Object.keys(payloads) as ContentKindName[];
const named = (kind: ContentKindName) => payloads[kind] as Named<ContentKindName>[];

const others: [kind: ContentKindName, name: string, known: ContentPayload<ContentKindName>, unknown: CborMap][] = [
  ["message", "an unknown key", { text: "known" }, new Map([["zzz", "?"]])],
  ["message", "keys of other kinds, which are unknown here, however wrong", { text: "known" }, new Map<string, CborValue>([["thread", 7], ["also", false], ["author", ""], ["target", null]])],
  ["delete", "a text, which is the fallback", { target }, new Map([["text", "deleted"]])],
  ["vote", "a map", { target, choices: [1] }, new Map([["why", new Map([["text", [true, null]]])]])],
  ["reply", "an empty key", { text: "known", thread: target }, new Map([["", 0]])],
  ["imported", "`also`, which only a reply has", { text: "known", author: "ada", source: "irc" }, new Map([["also", true]])],
];

function withUnknown(kind: ContentKindName, known: ContentPayload<ContentKindName>, unknown: CborMap): Uint8Array {
  return encode(new Map([...(valueOf(encodeContent(kind, known)) as CborMap), ...unknown]));
}

/** Texts of 40,000, as a piece and how often it is repeated. */
const longTexts: [name: string, kind: "message" | "edit", unit: string, times: number][] = [
  ["40,000 characters", "message", "x", 40_000],
  ["20,000 characters that count twice", "message", "🦄", 20_000],
  ["40,000 characters instead", "edit", "x", 40_000],
];

function longText([name, kind, unit, times]: (typeof longTexts)[number]): Json {
  const whole = toHex(encodeContent(kind, { text: unit.repeat(times), ...(kind === "edit" ? { target } : {}) } as ContentPayload<typeof kind>));
  const unitHex = toHex(new TextEncoder().encode(unit));
  const [before, after] = whole.split(unitHex.repeat(times)) as [string, string];
  const pieces: [string, number][] = [[before, 1], [unitHex, times], [after, 1]];
  return { kind, name, text: [unit, times], repeated: pieces.filter(([piece]) => piece !== "") };
}

/** Byte i is i modulo `iModulo`. Where that divides a chunk's size, all full chunks are the same, and are hashed once. */
function blobCase(size: number, iModulo: number): Json {
  const hashes = new Map<string, Uint8Array>();
  const chunk = (index: number): Uint8Array => {
    const from = index * chunkSize;
    const length = Math.min(chunkSize, size - from);
    const key = `${from % iModulo} ${length}`;
    const found = hashes.get(key) ?? labelled("mc1/chunk", Uint8Array.from({ length }, (_, i) => (from + i) % iModulo));
    hashes.set(key, found);
    return found;
  };
  const chunks = Array.from({ length: Math.ceil(size / chunkSize) }, (_, i) => chunk(i));
  const pages = Array.from({ length: Math.ceil(chunks.length / chunksOfPage) }, (_, i) =>
    labelled("mc1/page", ...chunks.slice(i * chunksOfPage, (i + 1) * chunksOfPage)),
  );
  const sizeBytes = new Uint8Array(Buffer.from(size.toString(16).padStart(16, "0"), "hex"));
  return { size, iModulo, chunks: runs(chunks.map(toHex)), pages: pages.map(toHex), blob: toHex(labelled("mc1/blob", sizeBytes, join(...pages))) };
}

/** Neighbours that are the same, as [hash, how often]. */
function runs(hashes: string[]): [string, number][] {
  const found: [string, number][] = [];
  for (const hash of hashes) {
    const last = found.at(-1);
    if (last?.[0] === hash) last[1]++;
    else found.push([hash, 1]);
  }
  return found;
}

const pageSize = chunkSize * chunksOfPage;

export function contentChapter(): Chapter {
  return {
    valid: {
      payloads: kinds.flatMap((kind) =>
        named(kind).map(([name, payload]) => ({ kind, name, fields: asJson(payload), encoding: toHex(encodeContent(kind, payload)) })),
      ),
      unknownKeys: others.map(([kind, name, known, unknown]) => ({ kind, name, fields: asJson(known), encoding: toHex(withUnknown(kind, known, unknown)) })),
      longTexts: longTexts.map(longText),
      threads: ascendingIds<EventId>("head of a thread", 2).map((root) => ({ root, thread: toHex(labelled("mc1/thread", Buffer.from(root, "hex"))) })),
      blobs: [
        ...[1, chunkSize - 1, chunkSize, chunkSize + 1, 3 * chunkSize - 5].map((size) => blobCase(size, 251)),
        ...[pageSize, pageSize + 1].map((size) => blobCase(size, 256)),
      ],
    },
    invalid: { refusedWhenDecoded: undecodable() },
  };
}
