import type { Id, Member, Message } from "@multichat/client/contract";

/**
 * Messages as their authors are known now: a name given, or a block, is not sent again with every message. What is right
 * already stays the same object, so that its row is not drawn again.
 */
export function asKnown(messages: readonly Message[], member: (account: Id) => Pick<Member, "name" | "blocked"> | undefined): readonly Message[] {
  let changed = false;
  const known = messages.map((message) => {
    const author = member(message.author.id);
    if (!author || (author.name === message.author.name && author.blocked === message.blocked)) return message;
    changed = true;
    return { ...message, author: { id: message.author.id, name: author.name }, blocked: author.blocked };
  });
  return changed ? known : messages;
}
