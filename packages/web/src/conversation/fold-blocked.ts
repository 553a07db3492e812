import type { Message } from "@multichat/client/contract";

/** Under which it is remembered that somebody's messages in a channel are shown although they are blocked. */
export function unhiddenKey({ channel, author }: Pick<Message, "channel" | "author">): string {
  return `${channel}/${author.id}`;
}

/**
 * Messages of one blocked person that follow on each other become one row, that of the first. Those that the person asked
 * to see stay as they are.
 */
export function foldBlocked(
  all: readonly Message[],
  unhidden: Readonly<Record<string, true>>,
): { messages: readonly Message[]; hidden: ReadonlyMap<string, number> } {
  const hidden = new Map<string, number>();
  const isHidden = (message: Message): boolean => message.blocked && !unhidden[unhiddenKey(message)];
  if (!all.some(isHidden)) return { messages: all, hidden };
  const messages: Message[] = [];
  for (const message of all) {
    const last = messages.at(-1);
    if (isHidden(message) && last && hidden.has(last.id) && last.author.id === message.author.id) {
      hidden.set(last.id, hidden.get(last.id)! + 1);
      continue;
    }
    if (isHidden(message)) hidden.set(message.id, 1);
    messages.push(message);
  }
  return { messages, hidden };
}
