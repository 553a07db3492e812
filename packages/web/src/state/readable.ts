/** A message's text as one says it: mentions by name instead of by id. */
import type { Mention, Message } from "@multichat/client/contract";
import { shownName } from "./picks.ts";

export function readable({ text, mentions }: Pick<Message, "text" | "mentions">): string {
  return mentions.reduce((said, mention) => said.replaceAll(mention.token, mentionText(mention)), text);
}

/** The other way: names that stand for these mentions become what they stand for. */
export function written(text: string, mentions: readonly Mention[]): string {
  const longestFirst = mentions.filter(({ name }) => name !== null).toSorted((a, b) => b.name!.length - a.name!.length);
  return longestFirst.reduce((said, mention) => said.replaceAll(mentionText(mention), mention.token), text);
}

/** What is not known here by name stays as it was written. */
export function mentionText(mention: Mention): string {
  if (mention.kind === "everyone") return "@everyone";
  return mention.name === null ? mention.token : shownName(mention);
}
