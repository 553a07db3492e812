/**
 * What a node keeps (spec/08-store.md). Synchronous, used from one thread. Writes belong in `transaction`; when it returns they are on
 * the disk (fsync), or it threw StoreError and nothing of them is.
 */
import type { AccountId, BlobId, ChannelId, DeviceId, EventId, SpaceId } from "@multichat/protocol";

export class StoreError extends Error {
  /** `newer`: whole, and written by a later release. */
  readonly code: "full" | "damaged" | "newer" | "io";
  constructor(code: StoreError["code"], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "StoreError";
    this.code = code;
  }
}

/** One event as it travelled, with the header fields that are looked up by. */
export interface StoredEvent {
  id: EventId;
  space: SpaceId;
  channel: ChannelId;
  device: DeviceId;
  /** From 1. */
  seq: number;
  /** 48-bit ms ‖ 16-bit counter, < 2^63. */
  hlc: bigint;
  kind: string;
  header: Uint8Array;
  signature: Uint8Array;
  /** Both null when the payload is not held (wanted, expired or deleted). */
  salt: Uint8Array | null;
  payload: Uint8Array | null;
}

/** A stored event with its place in this store's order of arrival. */
export interface ArrivedEvent extends StoredEvent {
  /** Counts up per store, never reused; starts at 1. */
  arrival: number;
}

/** What is held of one feed: inclusive seq ranges, ascending, not touching. */
export interface FeedHoldings {
  channel: ChannelId;
  device: DeviceId;
  ranges: [from: number, to: number][];
  /** The highest seq held and its event. */
  tip: EventId;
  /** Arrival of the newest change to this feed. */
  arrival: number;
}

/** Where a message stands in its channel: display order is (time, id), bytewise. */
export interface TimelinePosition {
  time: bigint;
  id: EventId;
}

/** A row of the timeline: a content event that is shown. */
export interface TimelineEntry extends TimelinePosition {
  /** The channel, or the thread: one event may stand in both. */
  channel: ChannelId;
  unread: boolean;
  /** Unread, and it calls this account. */
  mention?: boolean;
  late: boolean;
}

export interface TimelineRow extends TimelineEntry {
  event: StoredEvent;
}

/** Something that an event says about another (spec/12-content.md), as it is filed; a thread's reply is filed so too. */
export interface Annotation {
  target: EventId;
  kind: string;
  /** What part of the target it is about: an emoji, an item; else empty. */
  slot: string;
  author: AccountId;
  /** In its slot the newest word of anybody counts; else the newest of each author. */
  shared: boolean;
  /** Its place among what is said of this kind: by this, then by (hlc, id). Null: it takes back what was said in its slot. */
  sort: string | null;
  /** The event itself, which is held. */
  event: EventId;
  hlc: bigint;
}

export interface FiledAnnotation extends Annotation {
  stored: StoredEvent;
}

/** What something is said about. Said in another channel it is said about nothing. */
export interface Target {
  id: EventId;
  channel: ChannelId;
}

export interface ReactionCount {
  emoji: string;
  /** How many people. */
  count: number;
  /** Those who did first, in that order. */
  people: AccountId[];
  /** The account that looks is one of them. */
  own: boolean;
}

/** Emoji of one event that are shown, and people named for each: whatever members do, a row can be drawn. */
export const reactionsShown = { emoji: 50, people: 50 } as const;

/** Counting further takes time, and nobody reads so many. */
export const maxSearchTotal = 20_000;

/** What is found of a shown event: `text` is all its words, those of its files too. */
export interface SearchEntry {
  event: EventId;
  channel: ChannelId;
  author: AccountId;
  time: bigint;
  text: string;
  hasFile: boolean;
}

export interface StoreSearch {
  /** As a person typed it: words, each found at the beginning of a word too; words in quotation marks stand together. Empty: everything that the rest allows. */
  query: string;
  channels?: readonly ChannelId[];
  author?: AccountId;
  /** Of the entries' times; both exclusive. */
  before?: bigint;
  after?: bigint;
  hasFile?: boolean;
  /** Of these events only. */
  among?: readonly EventId[];
  /** Without what is due at this time, ms. */
  due?: number;
}

export interface SearchPage {
  events: EventId[];
  /** How many there are in all, counted up to `maxSearchTotal`. */
  total: number;
  /** `newest-of-many`: the best match first, of the newest `maxSearchTotal`, since there are more. */
  order: "newest" | "relevance" | "newest-of-many";
  next: string | null;
}

export interface StoredRecord {
  /** Space id or account id. */
  scope: string;
  account: AccountId;
  device: DeviceId;
  type: string;
  key: Uint8Array;
  hlc: bigint;
  /** The record bytes as signed, and the signature. */
  bytes: Uint8Array;
  signature: Uint8Array;
}

export interface StoredSpace {
  id: SpaceId;
  /** The space's current tag secret (spec/06-sync.md). */
  secret: Uint8Array;
  /** `joining` until this account is a member; `left` keeps the history but neither writes nor syncs. */
  state: "joining" | "member" | "left";
  joinedAt: number;
}

/** An event that is held names a blob, as a file's or (`thumb`) as a thumbnail's. */
export interface BlobName {
  blob: BlobId;
  event: EventId;
  /** In bytes, as its author says. */
  size: number;
  thumb: boolean;
}

/** What went, and what is to be shown otherwise. */
export interface Purged {
  /** Those whose payloads went. */
  events: EventId[];
  /** Where they stood: in their channel, in a thread, or in both. */
  shown: { space: SpaceId; channel: ChannelId; timeline: ChannelId; event: EventId }[];
  /** What they said something about, and is still here. */
  targets: EventId[];
  /** Others may be due. */
  more: boolean;
}

export interface Store {
  /** Random, made anew with each database: arrivals of two incarnations cannot be compared. */
  readonly incarnation: Uint8Array;
  /** Nested calls join the outer one. */
  transaction<T>(work: () => T): T;
  close(): void;

  putSpace(space: StoredSpace): void;
  spaces(): StoredSpace[];
  /** Forgets a space and everything in it. */
  dropSpace(space: SpaceId): void;

  /** Adds events and updates holdings. Those already held by id are left alone, but take up a payload that was missing. Answers the arrival numbers, 0 for one already held. */
  putEvents(events: readonly StoredEvent[]): number[];
  /** Forgets payload and salt for good, and what was filed and can be found of these events; header and signature stay, so that the feed can be verified. */
  dropPayloads(ids: readonly EventId[]): void;
  event(id: EventId): ArrivedEvent | null;
  hasEvent(id: EventId): boolean;
  /** Usually one; two prove a fork. */
  eventsAt(channel: ChannelId, device: DeviceId, seq: number): ArrivedEvent[];
  /** All events of a channel in (hlc, id) order: for the control log. */
  channelEvents(channel: ChannelId): ArrivedEvent[];
  /** Up to `limit` events of a channel before a position, newest first; null starts at the end. For streaming history. */
  eventsBefore(channel: ChannelId, before: { hlc: bigint; id: EventId } | null, limit: number): ArrivedEvent[];
  /** Up to `limit` events that arrived after this number, in the order in which they came. */
  arrivedAfter(arrival: number, limit: number): ArrivedEvent[];
  /** Held events of one feed with from ≤ seq ≤ to, ascending, up to `limit`. */
  feedEvents(channel: ChannelId, device: DeviceId, from: number, to: number, limit: number): ArrivedEvent[];
  holdings(space: SpaceId): FeedHoldings[];
  /** Highest arrival number given out for this space; 0 if none. */
  lastArrival(space: SpaceId): number;

  /** @throws RangeError if an event is not held, or the channel is one of another space */
  putTimeline(entries: readonly TimelineEntry[]): void;
  removeTimeline(channel: ChannelId, ids: readonly EventId[]): void;
  /**
   * Up to `limit` rows adjoining a position, in display order; with neither bound, the newest.
   * @param due here and below: without what is due at this time, ms, though it was not purged yet
   */
  timeline(channel: ChannelId, bound: { before?: TimelinePosition; after?: TimelinePosition }, limit: number, due?: number): TimelineRow[];
  /** The entry in the event's own channel, else another there is. */
  timelineEntry(id: EventId): TimelineEntry | null;
  /** The last row, without its event. */
  timelineEnd(channel: ChannelId, due?: number): TimelineEntry | null;
  /** With `due` it is counted anew each time. */
  unreadCount(channel: ChannelId, due?: number): number;
  /** Marks everything up to and including the position as read. */
  markRead(channel: ChannelId, upTo: TimelinePosition): void;
  /** Marks these as unread, those that stand there. A mention that was read is unread only. */
  markUnread(channel: ChannelId, ids: readonly EventId[]): void;
  /** Unread ones that call this account. */
  mentionCount(channel: ChannelId, due?: number): number;
  /** How many rows there are. */
  timelineCount(channel: ChannelId, due?: number): number;
  /** Everywhere it stands: its channel first, then its thread. */
  timelineEntries(id: EventId): TimelineEntry[];

  /** @throws RangeError if an event is not held */
  putAnnotations(annotations: readonly Annotation[]): void;
  removeAnnotations(events: readonly EventId[]): void;
  /**
   * The newest in a slot, by (hlc, id), also where it takes back what was said.
   * @param author null for a shared one
   */
  annotation(target: Target, kind: string, author: AccountId | null, slot: string): FiledAnnotation | null;
  /** All that an account has said of a kind in the empty slot, the newest first by (hlc, id). */
  annotationsBy(target: Target, kind: string, author: AccountId, limit: number): FiledAnnotation[];
  /** Some of what was said of a kind by anybody, in no order. */
  annotationsOf(target: Target, kind: string, limit: number): FiledAnnotation[];
  /** What stands in the slots of an account, or of all (null) in shared ones: of each slot the newest if it takes nothing back, by (sort, hlc, id). */
  standing(target: Target, kind: string, author: AccountId | null, limit: number): FiledAnnotation[];
  /** Of each author the newest in the empty slot before this stamp (null: of all), also where it takes back what was said. */
  lastOfEach(target: Target, kind: string, before: bigint | null): FiledAnnotation[];
  /** The first authors by the newest that stands of each, without these. */
  authorsOf(target: Target, kind: string, without: readonly AccountId[], limit: number, due?: number): { author: AccountId; hlc: bigint }[];
  /** Of each account the first `limits.reactionsOfOne` that stand count. The emoji of most people, of as many those used first; without what these accounts did. */
  reactions(target: Target, viewer: AccountId, without: readonly AccountId[]): ReactionCount[];
  isAnnotated(target: EventId): boolean;
  /** About what something of this kind stands in a channel, that of which it was said last first. */
  annotated(channel: ChannelId, kind: string, limit: number): EventId[];

  /** Adds them to what can be found, or replaces what was found of them. @throws RangeError if an event is not held */
  putSearch(entries: readonly SearchEntry[]): void;
  removeSearch(events: readonly EventId[]): void;
  /**
   * The newest first, or the best match first. What comes in between two pages does not move what is on them. Nothing that a person
   * can type is an error.
   * @param cursor `next` of the page before, null for the first
   * @throws RangeError if the cursor is none that was given out
   */
  search(search: StoreSearch, cursor: string | null, limit: number, relevance: boolean): SearchPage;

  /** When each of these events is to be purged, ms; null: not any more. @throws RangeError if an event is not held */
  putExpiries(expiries: readonly { event: EventId; at: number | null }[]): void;
  /** What of a channel was stamped before and is not purged yet is to be purged at this time, ms, if not earlier. */
  putExpiryBefore(channel: ChannelId, before: bigint, at: number): void;
  /** When it is to be purged, ms; null: it stays, or was purged. */
  expiry(event: EventId): number | null;
  /** The earliest there is, of those after this time. */
  nextExpiry(after?: number): number | null;
  /**
   * Destroys everything but header and signature of up to `limit` events that are due at `now`, the earliest first: payload, salt, places in
   * timelines, what can be found of them, annotations of them and about them (whose own payloads go too; a thread's replies are no
   * annotations in this). The bytes are out of the files when `settlePurge` says so.
   */
  purgeDue(now: number, limit: number): Purged;
  /**
   * Rewrites what still holds traces of what was purged, dropped or forgotten, a slice at a time, and empties the log. `more`: call it again;
   * `busy`: somebody is reading, call it again later. What is left to do is known after a restart too. Outside of transactions.
   */
  settlePurge(): "done" | "more" | "busy";

  /** Filed until the event's payload is dropped. Those filed already are left alone. */
  putBlobNames(names: readonly BlobName[]): void;
  /** Which events name this blob. */
  eventsNaming(blob: BlobId): { event: EventId; space: SpaceId }[];
  /** Everything that is named in a space. */
  blobNames(space: SpaceId): BlobName[];
  /** Blobs that nothing names any more and that something did, until they are forgotten. */
  unnamedBlobs(): BlobId[];
  forgetUnnamed(blobs: readonly BlobId[]): void;

  /** Keeps only the newest per (scope, account, device, type, key) by (hlc, bytes); false if an equal or newer one is held. */
  putRecord(record: StoredRecord): boolean;
  /** All records of a scope, optionally only of one type. */
  records(scope: string, type?: string): StoredRecord[];
  /** Those of a scope that somebody may lack who has all that came up to this arrival: put when no higher one than it, or some higher one, was given out. */
  recordsSince(scope: string, arrival: number): StoredRecord[];

  /** Small settings of the node itself (read marks, peers, resume points), by key. */
  setting(key: string): string | null;
  putSetting(key: string, value: string | null): void;
  settings(prefix: string): { key: string; value: string }[];

  /** Walks the whole database (for `doctor`); null when sound, else what is wrong. */
  check(): string | null;
}
