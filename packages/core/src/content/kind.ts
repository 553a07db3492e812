/** What a content kind is to this node (spec/12-content.md; docs/make-a-kind.md says how to add one). */
import type { Annotation } from "../ports/index.ts";
import {
  type AccountId,
  type ContentKindName,
  type ContentPayload,
  type EventId,
  type Hlc,
  type Result,
  decodeContent,
} from "@multichat/protocol";

/** An annotation that stands, with its payload. */
export interface Said<K extends ContentKindName = ContentKindName> {
  id: EventId;
  kind: K;
  author: AccountId;
  hlc: Hlc;
  payload: ContentPayload<K>;
}

/** Who looks, and when, ms. */
export interface Viewing {
  now: number;
  account: AccountId;
  person(account: AccountId): { id: string; name: string };
}

/** How a kind looks to interfaces, made of it and what was said about it. Pure: the same for the same set, in any order. */
export interface View<K extends ContentKindName, A extends ContentKindName> {
  /** The kind of annotation it is made of. */
  of: A;
  /** What nodes show that do not know the kind. */
  text(payload: Omit<ContentPayload<K>, "text">): string;
  /** After when nothing counts any more that is said, ms; null: never. Without it nothing ends. */
  until?(payload: ContentPayload<K>): number | null;
  /** Why this cannot be said about it, or null. */
  refuses(payload: ContentPayload<K>, said: ContentPayload<A>, viewing: Viewing): string | null;
  /** @param said of a shared kind the newest in each slot, else of each author the newest before the end; at most 500 slots */
  project(payload: ContentPayload<K>, said: readonly Said<A>[], viewing: Viewing): object;
}

export type Filed = Pick<Annotation, "target" | "slot" | "shared" | "sort">;

export interface ContentKind {
  /** Where it is shown; null: nowhere, it says something about another. */
  place: "channel" | "thread" | null;
  /** Whether the payload fits the kind. */
  validate(payload: Uint8Array): Result<object | null>;
  /** Of an annotation: about what, and how it is filed. */
  about: ((payload: Uint8Array) => Filed | null) | null;
  /** Of an annotation: the newest word of anybody counts. */
  shared: boolean;
  view: View<ContentKindName, ContentKindName> | null;
}

/** A kind that is shown. */
export function shownKind(
  name: ContentKindName,
  place: "channel" | "thread" = "channel",
): ContentKind {
  return {
    place,
    validate: (payload) => decodeContent(name, payload),
    about: null,
    shared: false,
    view: null,
  };
}

/** A kind that is shown as something else than its text. */
export function viewedKind<K extends ContentKindName, A extends ContentKindName>(
  name: K,
  view: View<K, A>,
): ContentKind {
  return { ...shownKind(name), view: view as unknown as NonNullable<ContentKind["view"]> };
}

type AnnotationName = {
  [K in ContentKindName]: ContentPayload<K> extends { target: EventId } ? K : never;
}[ContentKindName];

/** Of what only the newest word counts, and how. */
interface Filing<Payload> {
  /** The part of the target it is about; if not given, the whole. */
  slot?(payload: Payload): string;
  /** The newest word of anybody counts, not one of each. */
  shared?: boolean;
  /** Its place among the others; null if it takes back what was said in its slot. */
  sort?(payload: Payload): string | null;
}

/** A kind that says something about another. */
export function annotationKind<K extends AnnotationName>(
  name: K,
  { slot = () => "", shared = false, sort = () => "" }: Filing<ContentPayload<K>> = {},
): ContentKind {
  return {
    shared,
    place: null,
    validate: (payload) => decodeContent(name, payload),
    about(payload) {
      const read = decodeContent(name, payload);
      if (!read.ok) return null;
      const { target } = read.value as ContentPayload<K> & { target: EventId };
      return { target, slot: slot(read.value), shared, sort: sort(read.value) };
    },
    view: null,
  };
}
