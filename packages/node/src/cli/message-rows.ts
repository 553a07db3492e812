/** Messages as `read` and `tail` show them. */
import type { Id, Message, Person } from "@multichat/client/contract";
import { namedText } from "../export/export-message.ts";
import { oneLine, printable } from "./printable.ts";
import { isoDay, timeOfDay } from "./times.ts";

export interface MessageRow {
  id: Id;
  author: Person;
  text: string;
  time: number;
  /** Its author is blocked. */
  blocked: boolean;
  delivery: { stored: true; devices: number; of: number } | null;
  position: string;
  edited: number | null;
  /** The message that is answered, and that whose thread it is in. */
  reply: Id | null;
  thread: Id | null;
  replies: number;
  reactions: { emoji: string; count: number; people: Person[] }[];
  pinned: boolean;
  deleted: boolean;
  expires: number | null;
  files: { name: string; type: string; size: number; alt?: string }[];
  imported: { author: string; source: string } | null;
}

export function toRow(message: Message): MessageRow {
  const { id, author, time, blocked, delivery, position, edited, thread, expires, imported } = message;
  return {
    id, author: { id: author.id, name: author.name }, text: namedText(message), time, blocked, delivery, position, edited, thread, expires, imported,
    reply: message.reply?.id ?? null,
    replies: message.replies?.replies ?? 0,
    reactions: message.reactions.map(({ emoji, count, people }) => ({ emoji, count, people })),
    pinned: message.pinned !== null,
    deleted: message.deleted !== null,
    files: message.files.map(({ name, type, size, shape: { alt } }) => ({ name, type, size, ...(alt !== undefined && { alt }) })),
  };
}

/** One message under the one before, which decides whether the day has to be said. */
export function messageWords(message: Message, previous: Message | undefined): string {
  const day = isoDay(message.time);
  const isNewDay = previous === undefined || isoDay(previous.time) !== day;
  const head = `${timeOfDay(message.time)}  ${oneLine(message.imported?.author ?? message.author.name)}`;
  const body = message.blocked ? "(from somebody you blocked)" : message.wanted ? "(this message has not arrived yet)" : message.deleted !== null ? "(deleted)" : printable(namedText(message));
  const notes = notesOn(message);
  const lines = [
    head + (notes === "" ? "" : `  (${notes})`),
    ...(body === "" ? [] : body.split("\n")).map((line) => `       ${line}`),
    ...(message.blocked ? [] : message.files.map(({ name, size, shape: { alt } }) => `       [${oneLine(name)}, ${size} bytes${alt === undefined ? "" : `: ${oneLine(alt)}`}]`)),
  ];
  return (isNewDay ? [`-- ${day} --`, ...lines] : lines).join("\n");
}

function notesOn({ author, imported, reply, expires, late, wrongClock, refused, delivery, edited, replies, reactions, pinned }: Message): string {
  const notes: string[] = [];
  if (imported !== null) notes.push(`imported from ${oneLine(imported.source)} by ${oneLine(author.name)}`);
  if (reply !== null) notes.push(`answers ${oneLine(reply.imported ?? reply.author?.name ?? "a message that is gone")}`);
  if (expires !== null) notes.push(`disappears ${isoDay(expires)} ${timeOfDay(expires)}`);
  if (edited !== null) notes.push("edited");
  if (pinned !== null) notes.push("pinned");
  if (reactions.length > 0) notes.push(reactions.map(({ emoji, count }) => `${emoji} ${count}`).join(" "));
  if (replies !== null) notes.push(`${replies.replies} ${replies.replies === 1 ? "reply" : "replies"}`);
  if (refused !== null) notes.push(`not accepted: ${oneLine(refused)}`);
  else if (delivery !== null) notes.push(stored(delivery.devices, delivery.of));
  if (late) notes.push("arrived later");
  if (wrongClock) notes.push("wrong clock");
  return notes.join(", ");
}

function stored(devices: number, of: number): string {
  if (of === 0) return "stored here";
  return devices === 0
    ? `stored here, on none of ${of} other devices`
    : `on ${devices} of ${of} other devices`;
}
