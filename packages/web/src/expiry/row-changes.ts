import type { Message, RetentionChange } from "@multichat/client/contract";

const none: readonly RetentionChange[] = [];

/**
 * The changes that stand right before a message, or at the end (`index` = the number of messages). What is not between two messages
 * that are both loaded waits for its page.
 */
export function changesBefore(
  changes: readonly RetentionChange[],
  messages: readonly Pick<Message, "position">[],
  index: number,
  { hasOlder, hasNewer }: { hasOlder: boolean; hasNewer: boolean },
): readonly RetentionChange[] {
  if (changes.length === 0) return none;
  const [before, after] = [messages[index - 1], messages[index]];
  if ((before === undefined && hasOlder) || (after === undefined && hasNewer)) return none;
  const found = changes.filter(
    ({ position }) =>
      (before === undefined || isAfter(position, before)) &&
      (after === undefined || !isAfter(position, after)),
  );
  return found.length === 0 ? none : found;
}

/** What is not stored yet has no position: it comes last. */
function isAfter(position: string, message: Pick<Message, "position">): boolean {
  return message.position !== "" && position > message.position;
}
