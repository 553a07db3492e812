/** What people do with messages (spec/12-content.md, spec/local-api.md). */
import type { FileDraft, FileView } from "./files.ts";
import type { Channel, Id, Message, Person, Space } from "./model.ts";

/**
 * What the text calls by an id: `<@account>`, `<@&role>`, `<#channel>`, `<@everyone>`. `name` is what to show for it, without
 * its `@` or `#`; null where this node does not know one.
 */
export interface Mention {
  token: string;
  kind: "person" | "role" | "channel" | "everyone";
  id: Id | null;
  name: string | null;
}

/** A message that another one answers, as it is now. Null texts and names: it is not here (yet), or gone. */
export interface Quote {
  id: Id;
  author: Person | null;
  /** Of one that was imported, the name it was written under. */
  imported: string | null;
  /** The first 200 characters, mentions as names. */
  text: string | null;
  position: string | null;
}

/** The thread that hangs on a message. */
export interface ThreadSummary {
  replies: number;
  unread: number;
  lastAt: number;
  /** Who wrote in it last, at most three. */
  people: Person[];
}

export interface Reaction {
  emoji: string;
  /** How many people. */
  count: number;
  /** The first to use it first, at most 50. */
  people: Person[];
  /** This account is one of them. */
  own: boolean;
}

export interface PollView {
  question: string;
  /** `people`: the first who chose it, at most 50. */
  options: { text: string; votes: number; people: Person[] }[];
  many: boolean;
  /** The interface shows no result before it is closed. Members' software holds the votes all the same. */
  hidden: boolean;
  /** 0: never. */
  closes: number;
  closed: boolean;
  voters: number;
  /** What this account chose, by index. */
  own: number[];
}

export interface ListView {
  title: string;
  items: { item: string; text: string; done: boolean; place: number; by: Person; at: number }[];
}

/** Every kind with a view of its own: kind → what `Message.view` holds. */
export interface ContentViews {
  poll: PollView;
  list: ListView;
}

/** What a message is beside its text. */
export interface MessageContent {
  mentions: Mention[];
  /** It calls this account: by name, by a role of it, or as one of everyone. */
  mentionsYou: boolean;
  /** When it was last changed by its author. */
  edited: number | null;
  reply: Quote | null;
  /** The message whose thread it is in; null: it is in no thread. */
  thread: Id | null;
  /** In a thread, and in the channel as well. */
  also: boolean;
  replies: ThreadSummary | null;
  reactions: Reaction[];
  pinned: { by: Person; at: number } | null;
  saved: boolean;
  forwarded: { by: Person; at: number } | null;
  /** A topic of a forum. */
  title: string | null;
  tags: string[];
  imported: { author: string; source: string } | null;
  /** When it disappears, as far as is known now. */
  expires: number | null;
  /** Of one's own, on the device that kept it until then: it was to be sent at this time, and went out later, because nothing ran here. */
  due: number | null;
  files: FileView[];
  /** Its files are looked at once: `looked` when this account has done so; its author keeps them for the others. */
  once: { looked: boolean } | null;
  /** Of a kind that has one (ContentViews); null for all others. */
  view: ContentViews[keyof ContentViews] | null;
}

/** Of a message that is a text and nothing more. */
export const plainContent: Readonly<MessageContent> = {
  mentions: [],
  mentionsYou: false,
  edited: null,
  reply: null,
  thread: null,
  also: false,
  replies: null,
  reactions: [],
  pinned: null,
  saved: false,
  forwarded: null,
  title: null,
  tags: [],
  imported: null,
  expires: null,
  due: null,
  files: [],
  once: null,
  view: null,
};

/** Somebody said how long messages stay: in a channel or, `of: "space"`, in its whole workspace. */
export interface RetentionChange {
  id: Id;
  of: "channel" | "space";
  /** 0: they stay. */
  seconds: number;
  /** Null where this is not known. */
  by: Person | null;
  at: number;
  /** Its place among messages. */
  position: string;
}

export interface SendMore {
  /** The message that is answered. */
  reply?: Id;
  /** The message on which the thread hangs that it is for. */
  thread?: Id;
  /** With `thread`: shown in the channel too. */
  also?: boolean;
  title?: string;
  tags?: string[];
  /** Milliseconds until it disappears. */
  expiresIn?: number;
  /** At most ten; with them, the text may be empty. */
  files?: FileDraft[];
  /** With files: whoever has looked at them once does not keep them, and they cannot be forwarded. */
  once?: boolean;
}

/** One thread of a workspace. */
export interface Thread {
  root: Message;
  summary: ThreadSummary;
  /** This account wrote its first message or one of its replies. */
  following: boolean;
}

export interface Excerpt {
  /** About 160 characters around the first place found; `ranges` are [from, to) in it, in UTF-16 code units. */
  snippet: string;
  ranges: [from: number, to: number][];
}

export interface Hit extends Excerpt {
  message: Message;
  channelName: string;
  spaceName: string;
  /** Those in which something was found; where there is no text, all that can be found by their names. */
  files: FileHit[];
}

export interface FileHit {
  /** As it is shown. */
  name: string;
  /** In the name, [from, to) in UTF-16 code units. */
  ranges: [from: number, to: number][];
  /** Of what the file shows, in its author's words; null: nothing was found there. */
  alt: Excerpt | null;
}

export interface SearchQuery {
  /** Words; each is found at the beginning of a word too. Words in quotation marks stand together. */
  query: string;
  space?: Id;
  channel?: Id;
  /** Account. */
  from?: Id;
  /** Milliseconds since 1970. */
  before?: number;
  after?: number;
  pinned?: boolean;
  hasFile?: boolean;
  /** `next` of the page before. */
  cursor?: string;
  /** 1..100, default 25. */
  limit?: number;
}

export interface Scheduled {
  id: string;
  channel: Id;
  thread: Id | null;
  text: string;
  /** Names of its files. */
  files: string[];
  at: number;
  /** Why it could not be sent when it was due; it is kept. */
  problem: string | null;
}

export interface ContentCommands {
  "message.get": [{ message: Id }, { message: Message }];
  /** By its author. */
  "message.edit": [{ message: Id; text: string; title?: string; tags?: string[] }, { message: Message }];
  /** Every text it has had, the first first. */
  "message.history": [{ message: Id }, { versions: { text: string; mentions: Mention[]; at: number }[] }];
  /** Its text and its files, in another channel, said to be by its author. The files have to be here. */
  "message.forward": [{ message: Id; channel: Id }, { message: Message }];
  "reaction.set": [{ message: Id; emoji: string; on: boolean }, { message: Message }];
  "pin.set": [{ message: Id; on: boolean }, { message: Message }];
  /** The newest first. */
  "pin.list": [{ channel: Id }, { messages: Message[] }];
  /** For this account alone, on all its devices. */
  "save.set": [{ message: Id; on: boolean }, { message: Message }];
  "save.list": [Record<string, never>, { messages: Message[] }];
  /** Those with the newest replies first, at most 100. */
  "thread.list": [{ space: Id }, { threads: Thread[] }];
  /** This message and what came after it in its channel or thread count as unread. */
  "read.unmark": [{ message: Id }, Record<string, never>];
  /** A message of a kind with a view (spec/12-content.md); `value` is its payload, ids as hex. `text` is made for it. */
  "content.create": [{ channel: Id; kind: string; value: Record<string, unknown> }, { message: Message }];
  /** An annotation of such a message: `vote` of a poll, `item` of a list. */
  "content.annotate": [{ message: Id; kind: string; value: Record<string, unknown> }, { message: Message }];
  /**
   * Over everything held here. `order`: the newest first, or the best match first where there are fewer than 20,000 hits and
   * `relevance` was asked for; `newest-of-many`: the best of the newest 20,000.
   */
  "search": [
    SearchQuery & { relevance?: boolean },
    { hits: Hit[]; total: number; order: "newest" | "relevance" | "newest-of-many"; next: string | null },
  ];
  /** Sent at this time by this node, if it is on; else as soon as it is on again. */
  "schedule.create": [{ channel: Id; text: string; at: number } & SendMore, { scheduled: Scheduled }];
  /** Seconds after which messages of this channel, written from now on or before, disappear everywhere; 0: they stay. */
  "channel.retention": [{ channel: Id; seconds: number }, { channel: Channel }];
  /** The same for a whole workspace; of the two the shorter counts. */
  "space.retention": [{ space: Id; seconds: number }, { space: Space }];
  /** How many messages of this channel, of those looked at for this answer, have disappeared; `next`: `before` of the next. */
  "channel.expired": [{ channel: Id; before?: string }, { expired: number; next: string | null }];
  "schedule.list": [Record<string, never>, { scheduled: Scheduled[] }];
  "schedule.cancel": [{ scheduled: string }, Record<string, never>];
}

export interface ContentPushes {
  /** List them again. */
  scheduled: { scheduled: number };
  saved: { message: Id; saved: boolean };
}
