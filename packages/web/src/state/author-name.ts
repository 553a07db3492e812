import type { Message } from "@multichat/client/contract";

/** Under which name it was written: what was imported has that of whoever wrote it elsewhere. */
export function authorName({ imported, author }: Pick<Message, "imported" | "author">): string {
  return imported?.author ?? author.name;
}
