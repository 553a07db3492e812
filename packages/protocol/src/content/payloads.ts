/**
 * The payloads of the content kinds (spec/12-content.md): maps in which unknown keys are ignored and `text`, if it is there, is
 * the fallback. What is left out is undefined here. Every value is plain JSON too: ids are hex.
 */
import { encode } from "../cbor/encode.ts";
import { map, readAs } from "../cbor/read.ts";
import { type CborValue, FormatError } from "../cbor/value.ts";
import type { Field } from "../control/field.ts";
import * as f from "../control/field.ts";
import { decodedOnce } from "../decoded-once.ts";
import type { AccountId, EventId } from "../ids.ts";
import { limits } from "../limits.ts";
import type { Result } from "../result.ts";
import * as c from "./field.ts";

const event = f.id<EventId>();
const target = event;

const message = {
  text: c.optional(c.markdown),
  reply: c.optional(event),
  title: c.optional(c.line(limits.title)),
  tags: c.optional(c.texts(1, limits.tagsOfTopic, c.line(limits.tag))),
  files: c.optional(c.files),
  once: c.optional(c.yes),
  forward: c.optional(f.tuple(event, f.id<AccountId>(), f.time)),
};

export const contentPayloads = {
  message,
  reply: { ...message, thread: event, also: c.optional(c.yes) },
  imported: { ...message, thread: c.optional(event), author: c.line(limits.name), source: c.line(32) },
  delete: { target },
  edit: { target, text: c.markdown, title: message.title, tags: message.tags },
  reaction: { target, emoji: c.emoji, on: f.flag },
  pin: { target, on: f.flag },
  poll: {
    text: c.markdown,
    question: c.visible(limits.question),
    options: c.texts(2, limits.pollOptions, c.visible(limits.pollOption)),
    many: f.flag,
    hidden: f.flag,
    closes: f.time,
  },
  vote: { target, choices: c.choices },
  list: { text: c.markdown, title: c.line(limits.title) },
  item: { target, item: c.itemName, text: f.text(0, limits.itemText), done: f.flag, place: c.uintBelow(2 ** 32) },
} as const;

export type ContentKindName = keyof typeof contentPayloads;

type Fields<K extends ContentKindName> = (typeof contentPayloads)[K];
type ValueOf<F> = F extends Field<infer T> ? T : never;
type OptionalKeys<K extends ContentKindName> = { [N in keyof Fields<K>]: undefined extends ValueOf<Fields<K>[N]> ? N : never }[keyof Fields<K>];

/** A payload by kind. */
export type ContentPayload<K extends ContentKindName> = {
  -readonly [N in Exclude<keyof Fields<K>, OptionalKeys<K>>]: ValueOf<Fields<K>[N]>;
} & { -readonly [N in OptionalKeys<K>]?: ValueOf<Fields<K>[N]> };

export function isContentKind(kind: string): kind is ContentKindName {
  return Object.hasOwn(contentPayloads, kind);
}

export function encodeContent<K extends ContentKindName>(kind: K, payload: ContentPayload<K>): Uint8Array {
  const entries = new Map<string, CborValue>();
  for (const [key, field] of Object.entries(contentPayloads[kind] as Record<string, Field<unknown>>)) {
    const value = (payload as Record<string, unknown>)[key];
    if (value !== undefined) entries.set(key, field.write(value));
  }
  return encode(entries);
}

/** Several ask on a message's way from the wire to the screen. */
const decoders = Object.fromEntries(
  Object.keys(contentPayloads).map((kind) => [kind, decodedOnce((bytes) => decode(kind as ContentKindName, bytes))]),
) as { [K in ContentKindName]: (bytes: Uint8Array) => Result<ContentPayload<K>> };

/** The same object for the same bytes: it is not to be changed. */
export function decodeContent<K extends ContentKindName>(kind: K, bytes: Uint8Array): Result<ContentPayload<K>> {
  return decoders[kind](bytes);
}

function decode<K extends ContentKindName>(kind: K, bytes: Uint8Array): Result<ContentPayload<K>> {
  return readAs(kind, bytes, (value) => {
    const entries = map(value);
    const payload: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(contentPayloads[kind] as Record<string, Field<unknown>>)) {
      const read = field.read(entries.get(key));
      if (read !== undefined) payload[key] = read;
    }
    if (kind === "message" || kind === "reply" || kind === "imported") {
      if (payload["text"] === undefined && payload["files"] === undefined) throw new FormatError("neither text nor files");
      if (payload["once"] !== undefined && payload["files"] === undefined) throw new FormatError("once without files");
    }
    return payload as ContentPayload<K>;
  });
}
