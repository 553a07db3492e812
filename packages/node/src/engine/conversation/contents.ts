/** What a message is, with everything that was said about it (spec/12-content.md), as the local API says it. Pure reading. */
import { type Said, type View, type Viewing, contentKind, isMentioned, mentionsIn, plainName, replaceMentions, subjectOf, threadOf } from "@multichat/core";
import type { Crypto, FiledAnnotation, Store, StoredEvent, Target } from "@multichat/core/ports";
import { type ContentViews, type Mention, type MessageContent, type Quote, type ThreadSummary, plainContent } from "@multichat/client/contract";
import {
  type AccountId,
  type ContentKindName,
  type ContentPayload,
  type EventId,
  type Header,
  decodeContent,
  decodeHeader,
  fallbackText,
  hlcAt,
  hlcTime,
  limits,
} from "@multichat/protocol";
import type { Files } from "../files/files.ts";
import type { OwnData } from "../accounts/own-data.ts";
import type { Space } from "../joining/spaces.ts";
import { dueOf } from "./sent-late.ts";
import type { People } from "../trust/people.ts";

/** Characters of a message that is answered. */
const quoteLength = 200;
/** Faces beside a thread. */
const facesOfThread = 3;

export interface Contents {
  /** @param header of the event, read already @param author null where nobody knows */
  of(space: Space, event: StoredEvent, header: Header, author: AccountId | null): { text: string } & MessageContent;
  /** The text as it is now, with names in place of ids. */
  plainText(space: Space, event: StoredEvent): string;
  /** Who and what is called in a text, by its name. */
  mentions(space: Space, text: string): Mention[];
  thread(event: Target): ThreadSummary | null;
  /** The words of a `message` or `reply` as its author changed them last; null: they are as at first. */
  edit(event: Target, author: AccountId | null): Said<"edit"> | null;
  /** Who pinned it; null: it is not pinned. */
  pin(event: Target): Said<"pin"> | null;
  viewing(): Viewing;
}

/** A message's own words: what `message`, `reply` and `imported` have in common. */
type Written = ContentPayload<"message"> & Partial<Pick<ContentPayload<"reply">, "thread" | "also">> & Partial<Pick<ContentPayload<"imported">, "author" | "source">>;

export function createContents(deps: {
  store: Store;
  crypto: Crypto;
  people: People;
  own: Pick<OwnData, "get">;
  files: Pick<Files, "view" | "looked">;
  account: AccountId;
  now(): number;
  blocked: { has(account: AccountId): boolean; all(): readonly AccountId[] };
  /** When it disappears, as things are. */
  expiry(space: Space, header: Header): number | null;
  /** Deleted: of it only that is told. */
  isDeleted(space: Space, event: StoredEvent): boolean;
  positionOf(event: EventId): string | null;
}): Contents {
  const { store, people, account } = deps;
  const viewing = (): Viewing => ({ now: deps.now(), account, person: people.person });

  function authorOf(space: Space, { auth }: Header): AccountId | null {
    return space.replica.state()?.grants.get(auth)?.account ?? null;
  }

  function nameOf(space: Space, { kind, id }: Pick<Mention, "kind" | "id">): string | null {
    const state = space.replica.state()!;
    switch (kind) {
      case "everyone":
        return "everyone";
      case "person":
        return state.members.has(id as AccountId) || people.isKnown(id as AccountId) ? people.person(id as AccountId).name : null;
      case "role":
        return named(state.roles.get(id as EventId));
      case "channel":
        return named(state.channels.get(id as never));
    }
  }

  function withNames(space: Space, text: string): string {
    return replaceMentions(text, ({ kind, id, token }) => {
      const name = nameOf(space, { kind, id });
      return name === null ? token : `${kind === "channel" ? "#" : "@"}${name}`;
    });
  }

  function quote(space: Space, id: EventId, channel: string): Quote {
    const event = store.event(id);
    const gone = { id, author: null, imported: null, text: null, position: null };
    if (event === null || event.channel !== channel || store.timelineEntry(id) === null) return gone;
    const header = decodeHeader(event.header);
    const author = header.ok ? authorOf(space, header.value) : null;
    const isGone = event.payload === null || deps.isDeleted(space, event) || (author !== null && deps.blocked.has(author));
    return {
      id,
      author: author === null ? null : people.person(author),
      imported: isGone ? null : optionalName(writtenOf(event)?.author),
      // A message of files alone is called by their names.
      text: isGone ? null : shortened(plainText(space, event) || fileNames(event), quoteLength),
      position: deps.positionOf(id),
    };
  }

  function plainText(space: Space, event: StoredEvent): string {
    const header = decodeHeader(event.header);
    if (!header.ok || event.payload === null) return "";
    return withNames(space, current(event, authorOf(space, header.value)).text);
  }

  /** The words as they are now, and since when they are others than at first. */
  function current(event: StoredEvent, author: AccountId | null) {
    const written = writtenOf(event);
    if (written === null) return { text: event.payload === null ? "" : fallbackText(event.payload), written, change: null };
    const change = edit(event, author);
    return { text: change?.payload.text ?? written.text ?? "", written, change };
  }

  function edit(event: Target, author: AccountId | null): Said<"edit"> | null {
    return author === null ? null : (saidOf([store.annotation(event, "edit", author, "")], "edit")[0] ?? null);
  }

  function pin(event: Target): Said<"pin"> | null {
    return saidOf(store.standing(event, "pin", null, 1), "pin")[0] ?? null;
  }

  function mentions(space: Space, text: string): Mention[] {
    return mentionsIn(text).map((mention) => ({ ...mention, name: nameOf(space, mention) }));
  }

  function thread(event: Target): ThreadSummary | null {
    const blocked = deps.blocked.all();
    const replies = ["reply", "imported"].flatMap((kind) => store.authorsOf(event, kind, blocked, facesOfThread)).sort((a, b) => (a.hlc < b.hlc ? 1 : -1));
    if (replies.length === 0) return null;
    const lane = threadOf(deps.crypto, event.id);
    return {
      replies: store.timelineCount(lane),
      unread: store.unreadCount(lane),
      // What was imported was written before it was brought here.
      lastAt: hlcTime(store.timelineEnd(lane)?.time ?? replies[0]!.hlc),
      people: [...new Set(replies.map(({ author }) => author))].slice(0, facesOfThread).map(people.person),
    };
  }

  return {
    of(space, event, header, author) {
      if (event.payload === null) return { ...plainContent, text: "", thread: threadRoot(event) };
      // Nobody has said anything yet about most of what is shown.
      const isSpokenOf = contentKind(event.kind).known && store.isAnnotated(event.id);
      const { text, written, change } = current(event, isSpokenOf ? author : null);
      const called = mentions(space, text);
      const pinned = isSpokenOf ? pin(event) : null;
      const reactions = isSpokenOf ? store.reactions(event, account, deps.blocked.all()) : [];
      const forward = written?.forward;
      return {
        ...plainContent,
        text,
        mentions: called,
        mentionsYou: called.length > 0 && author !== account && isMentioned(space.replica.log, space.replica.state()!, account, header, text),
        edited: change === null ? null : hlcTime(change.hlc),
        reply: written?.reply === undefined ? null : quote(space, written.reply, event.channel),
        thread: written?.thread ?? null,
        also: written?.also === true,
        replies: isSpokenOf ? thread(event) : null,
        reactions: reactions.map((reaction) => ({ ...reaction, people: reaction.people.map(people.person) })),
        pinned: pinned === null ? null : { by: people.person(pinned.author), at: hlcTime(pinned.hlc) },
        saved: deps.own.get(`saved/${event.id}`) !== null,
        forwarded: forward === undefined ? null : { by: people.person(forward[1]), at: forward[2] },
        title: optionalName(change?.payload.title ?? written?.title),
        tags: (change?.payload.tags ?? written?.tags ?? []).map(plainName),
        imported: written?.author === undefined ? null : { author: plainName(written.author), source: plainName(written.source!) },
        expires: deps.expiry(space, header),
        due: author === account ? dueOf(store, space.id, event.id) : null,
        files: deps.files.view(written?.files ?? []),
        once: written?.once === true ? { looked: deps.files.looked(event.id) } : null,
        view: viewOf(event),
      };
    },
    plainText,
    mentions,
    thread,
    edit,
    pin,
    viewing,
  };

  function viewOf(event: StoredEvent): ContentViews[keyof ContentViews] | null {
    const { view, validate } = contentKind(event.kind);
    const payload = view === null || event.payload === null ? null : validate(event.payload);
    if (view === null || payload === null || !payload.ok || payload.value === null) return null;
    const value = payload.value as ContentPayload<ContentKindName>;
    return view.project(value, saidOf(saidIn(event, view, value), view.of), viewing()) as ContentViews[keyof ContentViews];
  }

  /** A list is everybody's; a vote is of one, and one who is blocked has none. */
  function saidIn(event: Target, { of, until }: View<ContentKindName, ContentKindName>, value: ContentPayload<ContentKindName>): FiledAnnotation[] {
    if (contentKind(of).shared) return store.standing(event, of, null, limits.itemsOfList);
    const end = until?.(value) ?? null;
    return store.lastOfEach(event, of, end === null ? null : hlcAt(end + 1)).filter(({ author }) => !deps.blocked.has(author));
  }
}

const named = (one: { name: string } | undefined): string | null => optionalName(one?.name);
const optionalName = (name: string | undefined): string | null => (name === undefined ? null : plainName(name));
const fileNames = (event: StoredEvent): string => (writtenOf(event)?.files ?? []).map(([name]) => name).join(", ");

/** At most so many UTF-16 code units, none of them half a character. */
function shortened(text: string, most: number): string {
  return text.slice(0, /[\uD800-\uDBFF]/.test(text[most - 1] ?? "") ? most - 1 : most);
}

/** The message on whose thread this event stands; null: on none. */
export function threadRoot({ header: bytes }: Pick<StoredEvent, "header">): EventId | null {
  const header = decodeHeader(bytes);
  return header.ok ? subjectOf(header.value) : null;
}

/** Null for what is not a person's words. */
export function writtenOf({ kind, payload }: Pick<StoredEvent, "kind" | "payload">): Written | null {
  if (payload === null || (kind !== "message" && kind !== "reply" && kind !== "imported")) return null;
  const read = decodeContent(kind, payload);
  return read.ok ? (read.value as Written) : null;
}

export function saidOf<K extends ContentKindName>(said: readonly (FiledAnnotation | null)[], kind: K): Said<K>[] {
  return said.flatMap((one) => {
    if (one === null || one.stored.payload === null) return [];
    const read = decodeContent(kind, one.stored.payload);
    return read.ok ? [{ id: one.event, kind, author: one.author, hlc: one.hlc, payload: read.value }] : [];
  });
}
