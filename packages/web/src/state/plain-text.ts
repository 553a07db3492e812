import type { Message } from "@multichat/client/contract";
import { shownName } from "./picks.ts";

/** A message in one line, with names for mentions. */
export function plainText({ text, mentions }: Pick<Message, "text" | "mentions">): string {
  const named = mentions.reduce(
    (whole, mention) =>
      mention.name === null ? whole : whole.replaceAll(mention.token, shownName(mention)),
    text,
  );
  return named.replaceAll(/\s+/gu, " ").trim();
}
