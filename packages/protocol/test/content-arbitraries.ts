/** fast-check arbitraries of well-formed payloads, one for each content kind (spec/12-content.md). */
import fc from "fast-check";
import {
  type AccountId,
  type BlobId,
  type ContentKindName,
  type ContentPayload,
  type EventId,
  type FileEntry,
  limits,
  toHex,
} from "../src/index.ts";
import { bytes } from "./arbitraries.ts";

const id = <Id extends string>() => bytes(32).map((found) => toHex(found) as Id);
const event = id<EventId>();
const account = id<AccountId>();
const blob = id<BlobId>();
const flag = fc.boolean();
const yes = fc.constant(true as const);
const time = fc.oneof(
  fc.nat(),
  fc.maxSafeNat().map((ms) => ms % 2 ** 47),
);

/** 1 to `most` code units that are not only white space; now and then as many as there may be. */
const visible = (most: number) =>
  fc
    .oneof(
      {
        weight: 9,
        arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: Math.min(most, 40) }),
      },
      fc.constantFrom("x".repeat(most), "🦄".repeat(Math.floor(most / 2))),
    )
    .filter((text) => text.length <= most && text.trim() !== "");
const line = (most: number) =>
  visible(most).filter((text) => !/[\n-\r\u0085\u2028\u2029]/.test(text));
const different = (least: number, most: number, text: fc.Arbitrary<string>) =>
  fc.uniqueArray(text, { minLength: least, maxLength: most });
const markdown = visible(limits.messageText);

const name = fc
  .string({ unit: "binary", minLength: 1, maxLength: 100 })
  // oxlint-disable-next-line no-control-regex -- they are what a name does not have
  .filter((text) => !/[/\\\u0000-\u001f\u007f-\u009f]/.test(text) && text !== "." && text !== "..");
const side = fc.integer({ min: 1, max: 65_535 });
const shape = fc.record(
  {
    width: side,
    height: side,
    duration: time,
    thumb: fc.tuple(blob, fc.integer({ min: 1, max: limits.thumb })),
    wave: fc.array(fc.nat(255), { minLength: 1, maxLength: 64 }),
    voice: yes,
    alt: visible(limits.alt),
  },
  { requiredKeys: [] },
);
const size = fc.oneof(fc.constantFrom(1, 2 ** 40), fc.integer({ min: 1, max: 2 ** 40 }));
const file: fc.Arbitrary<FileEntry> = fc.tuple(
  name,
  fc.stringMatching(/^[a-z0-9.+/-]{1,100}$/),
  size,
  blob,
  shape,
);

const message = {
  text: markdown,
  reply: event,
  title: line(limits.title),
  tags: different(1, limits.tagsOfTopic, line(limits.tag)),
  files: fc.array(file, { minLength: 1, maxLength: limits.filesOfMessage }),
  once: yes,
  forward: fc.tuple(event, account, time),
};

/** Without what cannot be: neither text nor files, or files to be seen once where there are none. */
function possible<T extends Partial<ContentPayload<"message">>>(payload: T): T {
  const held = { ...payload };
  if (held.files === undefined) delete held.once;
  return held.text === undefined && held.files === undefined ? { ...held, text: "x" } : held;
}

const emoji = fc.oneof(
  fc.constantFrom("👍", "👍🏿", "1\ufe0f\u20e3", "🦄".repeat(16)),
  fc
    .string({ unit: "binary", minLength: 1, maxLength: 16 })
    // oxlint-disable-next-line no-control-regex -- they are what an emoji does not have
    .filter((text) => !/[\s\u0000-\u001f\u007f-\u009fA-Za-z]/.test(text)),
);

export const contentPayload: { [K in ContentKindName]: fc.Arbitrary<ContentPayload<K>> } = {
  message: fc.record(message, { requiredKeys: [] }).map(possible),
  reply: fc
    .record({ ...message, thread: event, also: yes }, { requiredKeys: ["thread"] })
    .map(possible),
  imported: fc
    .record(
      { ...message, thread: event, author: line(limits.name), source: line(32) },
      { requiredKeys: ["author", "source"] },
    )
    .map(possible),
  delete: fc.record({ target: event }),
  edit: fc.record(
    { target: event, text: markdown, title: message.title, tags: message.tags },
    { requiredKeys: ["target", "text"] },
  ),
  reaction: fc.record({ target: event, emoji, on: flag }),
  pin: fc.record({ target: event, on: flag }),
  poll: fc.record({
    text: markdown,
    question: visible(limits.question),
    options: different(2, limits.pollOptions, visible(limits.pollOption)),
    many: flag,
    hidden: flag,
    closes: time,
  }),
  vote: fc.record({
    target: event,
    choices: fc.subarray(Array.from({ length: limits.pollOptions }, (_, i) => i)),
  }),
  list: fc.record({ text: markdown, title: line(limits.title) }),
  item: fc.record({
    target: event,
    item: fc.stringMatching(/^[a-z0-9]{1,32}$/),
    text: fc.oneof(
      fc.constantFrom("", " ", "x".repeat(limits.itemText)),
      fc.string({ unit: "binary", maxLength: 40 }),
    ),
    done: flag,
    place: fc.oneof(fc.constantFrom(0, 2 ** 32 - 1), fc.nat(2 ** 32 - 1)),
  }),
};
