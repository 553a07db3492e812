/** A message as one line of an export (spec/export.md, Export). */
import type { Id, Message, Person } from "@multichat/client/contract";

export interface ExportedMessage {
  id: Id;
  kind: string;
  author: Person;
  time: number;
  text: string;
  edits: { text: string; at: number }[];
  reactions: { emoji: string; count: number; people: Person[] }[];
  reply: Id | null;
  thread: Id | null;
  /** In a thread, and shown in the channel as well. */
  also: boolean;
  pinned: boolean;
  deleted: boolean;
  missing: boolean;
  expires: number | null;
  title: string | null;
  tags: string[];
  imported: { author: string; source: string } | null;
  /** `alt`: what it shows, if that was said. `file`: where its bytes are in this export, null where they are not here. */
  files: { name: string; type: string; size: number; alt?: string; file: string | null }[];
  view: object | null;
}

/** @param edits what it was before, the first first */
export function exportedMessage(
  message: Message,
  edits: ExportedMessage["edits"],
  files: ExportedMessage["files"],
): ExportedMessage {
  const { id, kind, time, thread, also, expires, title, tags, imported, view } = message;
  return {
    id,
    kind,
    author: personOf(message.author),
    time,
    text: namedText(message),
    edits,
    reactions: message.reactions.map(({ emoji, count, people }) => ({
      emoji,
      count,
      people: people.map(personOf),
    })),
    reply: message.reply?.id ?? null,
    thread,
    also,
    pinned: message.pinned !== null,
    deleted: message.deleted !== null,
    missing: message.wanted,
    expires,
    title,
    tags,
    imported,
    files,
    view,
  };
}

/** With names in place of ids. */
export function namedText({ text, mentions }: Pick<Message, "text" | "mentions">): string {
  return mentions.reduce(
    (named, { token, kind, name }) =>
      name === null ? named : named.replaceAll(token, `${kind === "channel" ? "#" : "@"}${name}`),
    text,
  );
}

function personOf({ id, name }: Person): Person {
  return { id, name };
}
