import type { Message } from "@multichat/client/contract";
import { safeFileName } from "@multichat/client";
import { readable } from "./readable.ts";

/** A message in one line, with names for mentions; of files alone, by their names. */
export function plainText({ text, mentions, files }: Pick<Message, "text" | "mentions" | "files">): string {
  const line = readable({ text, mentions }).replaceAll(/\s+/gu, " ").trim();
  return line || files.map(({ name }) => safeFileName(name)).join(", ");
}
