import { safeFileName } from "@multichat/client";
import type { Message } from "@multichat/client/contract";
import { t } from "../i18n/messages.ts";
import { wordsOf } from "../markdown/render.ts";
import { withoutSpoilers } from "../markdown/spoilers.ts";
import { readable } from "./readable.ts";

/** A message in one line, with names for mentions and without what is to be uncovered first; of files alone, by their names. */
export function plainText({
  text,
  mentions,
  files,
}: Pick<Message, "text" | "mentions" | "files">): string {
  const said = withoutSpoilers(readable({ text, mentions }), t("spoiler.covered"));
  return wordsOf(said) || files.map(({ name }) => safeFileName(name)).join(", ");
}
