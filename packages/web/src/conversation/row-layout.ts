/** How a message is drawn follows from the one before it: a day line, the "new" line, a new group or a continued one. */
import type { Message } from "@multichat/client/contract";
import { startOfDay } from "../i18n/dates.ts";

/** Messages of one author this close together are one group. */
export const groupMs = 5 * 60_000;

export interface RowLayout {
  newDay: boolean;
  /** The "new" line goes above. */
  newLine: boolean;
  /** Shows avatar and name. */
  startsGroup: boolean;
}

/** @param interrupted something else stands between the two */
export function layoutRow(
  previous: Message | undefined,
  message: Message,
  firstUnread: string | null,
  interrupted = false,
): RowLayout {
  const newDay = !previous || !sameDay(previous.time, message.time);
  const newLine = firstUnread !== null && message.id === firstUnread;
  const continues =
    !newDay &&
    !newLine &&
    !interrupted &&
    previous.author.id === message.author.id &&
    previous.imported?.author === message.imported?.author &&
    message.reply === null &&
    previous.known === message.known &&
    Math.abs(message.time - previous.time) <= groupMs;
  return { newDay, newLine, startsGroup: !continues };
}

function sameDay(a: number, b: number): boolean {
  return a === b || startOfDay(a) === startOfDay(b);
}
