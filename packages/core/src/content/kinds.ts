/** The content kinds this node knows (spec/12-content.md). A new one is a line here. */
import { decodeContent, threadId } from "@multichat/protocol";
import type { CborMap, ChannelId, ContentPayload, EventId } from "@multichat/protocol";
import type { Crypto } from "../ports/crypto.ts";
import { type ContentKind, annotationKind, shownKind, viewedKind } from "./kind.ts";
import { subjectOf } from "./subject.ts";
import { listView } from "./views/list.ts";
import { pollView } from "./views/poll.ts";

const kinds: ReadonlyMap<string, ContentKind> = new Map<string, ContentKind>([
  ["message", shownKind("message")],
  // It is also something that is said about the message on which its thread hangs: that it has been replied to.
  ["reply", { ...shownKind("reply", "thread"), about: aboutRoot("reply") }],
  ["imported", { ...shownKind("imported", "thread"), about: aboutRoot("imported") }],
  ["delete", annotationKind("delete")],
  ["edit", annotationKind("edit")],
  ["reaction", annotationKind("reaction", { slot: ({ emoji }) => emoji, sort: ({ on }) => (on ? "" : null) })],
  ["pin", annotationKind("pin", { shared: true, sort: ({ on }) => (on ? "" : null) })],
  ["poll", viewedKind("poll", pollView)],
  ["vote", annotationKind("vote")],
  ["list", viewedKind("list", listView)],
  ["item", annotationKind("item", { slot: ({ item }) => item, shared: true, sort: itemOrder })],
]);

/** Kinds unknown here are judged like messages, and shown by their fallback text. */
const unknownKind: ContentKind = { place: "channel", validate: () => ({ ok: true, value: null }), about: null, shared: false, view: null };

export function contentKind(kind: string): ContentKind & { known: boolean } {
  const found = kinds.get(kind);
  return found === undefined ? { ...unknownKind, known: false } : { ...found, known: true };
}

const placeDigits = 10;

function itemOrder({ text, place, item }: ContentPayload<"item">): string | null {
  return text === "" ? null : `${String(place).padStart(placeDigits, "0")}${item}`;
}

function aboutRoot(kind: "reply" | "imported"): NonNullable<ContentKind["about"]> {
  return (payload) => {
    const read = decodeContent(kind, payload);
    return !read.ok || read.value.thread === undefined ? null : { target: read.value.thread, slot: "", shared: false, sort: "" };
  };
}

/**
 * The timelines in which a shown event has its place: the channel's, its thread's, or both. One whose payload is gone stands only
 * where its header says, so that it stands at the same place for those who never had the payload.
 * @param isElsewhere whether the message whose thread it names is none of its channel: then it stands there by itself
 */
export function placesOf(
  crypto: Crypto,
  { kind, channel, ext }: { kind: string; channel: ChannelId; ext: CborMap },
  payload: Uint8Array | null,
  isElsewhere: (head: EventId) => boolean,
): ChannelId[] {
  const { place } = contentKind(kind);
  if (place === null) return [];
  const root = place === "thread" ? subjectOf({ ext }) : null;
  if (root === null || isElsewhere(root)) return [channel];
  const reply = payload === null || kind !== "reply" ? null : decodeContent("reply", payload);
  const also = reply?.ok === true && reply.value.also === true;
  return also ? [channel, threadOf(crypto, root)] : [threadOf(crypto, root)];
}

/** The timeline of the replies to this message. */
export function threadOf(crypto: Crypto, root: EventId): ChannelId {
  return threadId(root, (bytes) => crypto.sha256(bytes)) as ChannelId;
}
