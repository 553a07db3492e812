import type { Message } from "@multichat/client/contract";
import { readable } from "./readable.ts";

/** A message in one line, with names for mentions. */
export function plainText({ text, mentions }: Pick<Message, "text" | "mentions">): string {
  return readable({ text, mentions }).replaceAll(/\s+/gu, " ").trim();
}
