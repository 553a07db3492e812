/** Messages as `read` and `tail` show them. */
import type { Id, Message, Person } from "@multichat/client/contract";
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
}

export function toRow({ id, author, text, time, blocked, delivery, position }: Message): MessageRow {
  return { id, author: { id: author.id, name: author.name }, text, time, blocked, delivery, position };
}

/** One message under the one before, which decides whether the day has to be said. */
export function messageWords(message: Message, previous: Message | undefined): string {
  const day = isoDay(message.time);
  const isNewDay = previous === undefined || isoDay(previous.time) !== day;
  const head = `${timeOfDay(message.time)}  ${oneLine(message.author.name)}`;
  const body = message.blocked ? "(from somebody you blocked)" : message.wanted ? "(this message has not arrived yet)" : printable(message.text);
  const notes = notesOn(message);
  const lines = [
    head + (notes === "" ? "" : `  (${notes})`),
    ...body.split("\n").map((line) => `       ${line}`),
  ];
  return (isNewDay ? [`-- ${day} --`, ...lines] : lines).join("\n");
}

function notesOn({ late, wrongClock, refused, delivery }: Message): string {
  const notes: string[] = [];
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
