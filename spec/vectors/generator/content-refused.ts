/** Payloads of content kinds (spec/12-content.md) that no reader may accept. */
import { type CborValue, type ContentKindName, encode, toHex } from "@multichat/protocol";
import { type Refused, refused } from "./cases.ts";
import { bytes } from "./keys.ts";

type Entries = { readonly [key: string]: CborValue | undefined };

const some = bytes("some");
const short = bytes("short", 31);
const file = ["notes.txt", "text/plain", 1, some, new Map()] as const;
const whiteSpace = "\t\n\u000b\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

/** A valid payload of each kind. */
const bases: { [K in ContentKindName]: Entries } = {
  message: { text: "Hello" },
  reply: { text: "Hello", thread: some },
  imported: { text: "Hello", author: "ada", source: "irc" },
  delete: { target: some },
  edit: { target: some, text: "better" },
  reaction: { target: some, emoji: "👍", on: true },
  pin: { target: some, on: true },
  poll: { text: "Tea?", question: "Tea?", options: ["yes", "no"], many: false, hidden: false, closes: 0 },
  vote: { target: some, choices: [0] },
  list: { text: "List", title: "List" },
  item: { target: some, item: "a", text: "Bread", done: false, place: 0 },
};
const kinds = Object.keys(bases) as ContentKindName[];

const entriesOf = (entries: Entries): [string, CborValue][] =>
  Object.entries(entries).filter((entry): entry is [string, CborValue] => entry[1] !== undefined);

/** The valid payload of the kind with some keys changed; `undefined` leaves one out. */
const change = (kind: ContentKindName, why: string, changes: Entries): Refused =>
  refused(kind, why, encode(new Map(entriesOf({ ...bases[kind], ...changes }))));

const message = (why: string, changes: Entries): Refused => change("message", why, changes);

/** A message whose one file has another value in one place. */
const badFile = (why: string, place: number, value: CborValue): Refused => message(why, { files: [file.map((item, i) => (i === place ? value : item))] });
const badName = (why: string, name: CborValue): Refused => badFile(why, 0, name);
const badType = (why: string, type: CborValue): Refused => badFile(why, 1, type);
const badShape = (why: string, shape: Entries): Refused => badFile(why, 4, new Map(entriesOf(shape)));

const headOf = (text: string): string => toHex(encode(text)).slice(0, -2 * text.length);
const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** What is wrong with every kind in the same way. */
const ofAll = kinds.flatMap((kind) => [
  ...entriesOf(bases[kind]).map(([key]) => change(kind, `without ${key}`, { [key]: undefined })),
  ...entriesOf(bases[kind]).map(([key]) => change(kind, `null for ${key}`, { [key]: null })),
  refused(kind, "an array instead of a map", encode([])),
  refused(kind, "an empty map", encode(new Map())),
  refused(kind, "bytes after it", `${toHex(encode(new Map(entriesOf(bases[kind]))))}00`),
]);

const ofTexts = [
  message("an empty text", { text: "" }),
  message("an empty text beside files", { text: "", files: [file] }),
  message("only white space", { text: " \n\t" }),
  message("only white space beside files", { text: " ", files: [file] }),
  message("every character of white space and no other", { text: whiteSpace }),
  message("text that is a number", { text: 1 }),
  message("text as bytes", { text: some }),
  refused("message", "a text instead of a map", encode("hello")),
  refused("message", "keys out of order", "a26474657874" + "6178" + "6161" + "00"),
  refused("message", "the same key twice", "a2" + ("6474657874" + "6178").repeat(2)),
  refused("message", "half a surrogate pair in UTF-8", "a16474657874" + "63eda080"),
  { format: "message", why: "40,001 characters", repeated: [["a16474657874", 1], [headOf("x".repeat(40_001)), 1], ["78", 40_001]] },
  { format: "message", why: "20,001 characters that count twice", repeated: [["a16474657874", 1], ["7a00013884", 1], ["f09fa684", 20_001]] },
  change("edit", "only white space", { text: "\u00a0" }),
  change("edit", "an empty title, instead of none", { title: "" }),
  change("edit", "no tags, instead of none", { tags: [] }),
  change("poll", "a text of white space", { text: "\ufeff" }),
  change("list", "an empty text", { text: "" }),
] satisfies Refused[];

const ofMessages = [
  message("an answer to 31 bytes", { reply: short }),
  message("an answer to an id as text", { reply: toHex(some) }),
  message("null for no answer", { reply: null }),
  message("an empty title", { title: "" }),
  message("a title of white space", { title: " " }),
  message("a title of 201 characters", { title: "t".repeat(201) }),
  message("a title of 101 characters that count twice", { title: "🦄".repeat(101) }),
  ...["\n", "\u000b", "\f", "\r", "\u0085", "\u2028", "\u2029"].map((end) =>
    message(`a title of two lines, U+${end.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`, { title: `a${end}b` }),
  ),
  message("a title that ends with a line feed", { title: "title\n" }),
  message("no tags, instead of none", { tags: [] }),
  message("six tags", { tags: numbers(6).map(String) }),
  message("the same tag twice", { tags: ["a", "b", "a"] }),
  message("an empty tag", { tags: [""] }),
  message("a tag of white space", { tags: ["\u3000"] }),
  message("a tag of two lines", { tags: ["a\nb"] }),
  message("a tag of 33 characters", { tags: ["t".repeat(33)] }),
  message("tags as a text", { tags: "a" }),
  message("once without files", { once: true }),
  message("false for once", { files: [file], once: false }),
  message("1 for once", { files: [file], once: 1 }),
  message("a forward without a time", { forward: [some, some] }),
  message("a forward with one thing more", { forward: [some, some, 0, 0] }),
  message("a forward of 31 bytes", { forward: [short, some, 0] }),
  message("a forward of an account of 31 bytes", { forward: [some, short, 0] }),
  message("a forward of a time of 2^47", { forward: [some, some, 2 ** 47] }),
  change("reply", "a thread of 31 bytes", { thread: short }),
  change("reply", "false for also", { also: false }),
  change("imported", "a thread of 31 bytes", { thread: short }),
  change("imported", "an empty author", { author: "" }),
  change("imported", "an author of white space", { author: " " }),
  change("imported", "an author of two lines", { author: "ada\nbob" }),
  change("imported", "an author of 65 characters", { author: "a".repeat(65) }),
  change("imported", "an empty source", { source: "" }),
  change("imported", "a source of white space", { source: " " }),
  change("imported", "a source of 33 characters", { source: "s".repeat(33) }),
];

const ofFiles = [
  message("no files, instead of none", { files: [] }),
  change("message", "neither text nor files", { text: undefined, title: "title" }),
  message("eleven files", { files: numbers(11).map(() => file) }),
  message("files as a map", { files: new Map() }),
  message("a file of four things", { files: [file.slice(0, 4)] }),
  message("a file of six things", { files: [[...file, 0]] }),
  badName("a file without a name", ""),
  badName("a file named .", "."),
  badName("a file named ..", ".."),
  badName("a file in a folder", "a/b"),
  badName("a file in a folder of another system", "a\\b"),
  badName("a file's name with U+0000", "a\u0000"),
  badName("a file's name that ends with a line feed", "a\n"),
  badName("a file's name with U+007F", "a\u007f"),
  badName("a file's name with U+009F", "a\u009f"),
  badName("a file's name of 256 characters", "n".repeat(256)),
  badName("a file's name of 128 characters that count twice", "🦄".repeat(128)),
  badType("a file without a type", ""),
  badType("a type in capital letters", "Text/plain"),
  badType("a type with a parameter", "text/plain; charset=utf-8"),
  badType("a type that ends with a line feed", "text/plain\n"),
  badType("a type of 101 characters", "t".repeat(101)),
  badFile("an empty file", 2, 0),
  badFile("a file of 2^40 + 1 bytes", 2, 2 ** 40 + 1),
  badFile("a file of 2^53 bytes", 2, 2n ** 53n),
  badFile("a blob of 31 bytes", 3, short),
  badFile("null for no shape", 4, null),
  badFile("a shape as an array", 4, []),
  badShape("a width of 0", { width: 0 }),
  badShape("a width of 65,536", { width: 65_536 }),
  badShape("a height of 0", { height: 0 }),
  badShape("a height of 65,536", { height: 65_536 }),
  badShape("null for no width", { width: null }),
  badShape("a duration of 2^47", { duration: 2 ** 47 }),
  badShape("a thumbnail of no bytes", { thumb: [some, 0] }),
  badShape("a thumbnail of 65,537 bytes", { thumb: [some, 65_537] }),
  badShape("a thumbnail without a size", { thumb: [some] }),
  badShape("a thumbnail of 31 bytes", { thumb: [short, 1] }),
  badShape("an empty wave", { wave: new Uint8Array(0) }),
  badShape("a wave of 65 bytes", { wave: new Uint8Array(65) }),
  badShape("a wave of numbers", { wave: [1, 2] }),
  badShape("false for voice", { voice: false }),
];

const ofAnnotations = [
  ...kinds.filter((kind) => bases[kind]["target"] !== undefined).map((kind) => change(kind, "a target of 31 bytes", { target: short })),
  change("delete", "a target as text", { target: toHex(some) }),
  change("reaction", "an empty emoji", { emoji: "" }),
  change("reaction", "a letter", { emoji: "a" }),
  change("reaction", "an emoji and a letter", { emoji: "👍Z" }),
  change("reaction", "an emoji and a space", { emoji: "👍 " }),
  change("reaction", "an emoji and white space of three bytes", { emoji: "👍\u3000" }),
  change("reaction", "an emoji and a zero-width no-break space", { emoji: "\ufeff👍" }),
  change("reaction", "an emoji and U+0000", { emoji: "👍\u0000" }),
  change("reaction", "an emoji and U+0085", { emoji: "👍\u0085" }),
  change("reaction", "33 code units", { emoji: `${"🦄".repeat(16)}1` }),
  change("reaction", "17 emoji that count twice", { emoji: "🦄".repeat(17) }),
  change("reaction", "1 for true", { on: 1 }),
  change("pin", "0 for false", { on: 0 }),
  change("vote", "choices out of order", { choices: [1, 0] }),
  change("vote", "the same choice twice", { choices: [1, 1] }),
  change("vote", "the 21st option", { choices: [20] }),
  change("vote", "21 choices", { choices: numbers(21) }),
  change("vote", "a choice without a list", { choices: 1 }),
];

const ofPollsAndLists = [
  change("poll", "an empty question", { question: "" }),
  change("poll", "a question of white space", { question: "\n" }),
  change("poll", "a question of 301 characters", { question: "?".repeat(301) }),
  change("poll", "one option", { options: ["yes"] }),
  change("poll", "21 options", { options: numbers(21).map(String) }),
  change("poll", "the same option twice", { options: ["yes", "no", "yes"] }),
  change("poll", "an empty option", { options: ["yes", ""] }),
  change("poll", "an option of white space", { options: ["yes", "\u2003"] }),
  change("poll", "an option of 201 characters", { options: ["yes", "n".repeat(201)] }),
  change("poll", "0 for false", { many: 0 }),
  change("poll", "closes at 2^47", { closes: 2 ** 47 }),
  change("list", "an empty title", { title: "" }),
  change("list", "a title of white space", { title: "\u2028" }),
  change("list", "a title of two lines", { title: "a\rb" }),
  change("list", "a title of 201 characters", { title: "l".repeat(201) }),
  change("item", "an item without a name", { item: "" }),
  change("item", "an item in capital letters", { item: "A" }),
  change("item", "an item with a hyphen", { item: "a-b" }),
  change("item", "an item's name that ends with a line feed", { item: "a\n" }),
  change("item", "an item's name of 33 characters", { item: "a".repeat(33) }),
  change("item", "a text of 501 characters", { text: "t".repeat(501) }),
  change("item", "a place of 2^32", { place: 2 ** 32 }),
  change("item", "1 for done", { done: 1 }),
];

export function undecodable(): Refused[] {
  return [...ofAll, ...ofTexts, ...ofMessages, ...ofFiles, ...ofAnnotations, ...ofPollsAndLists];
}
