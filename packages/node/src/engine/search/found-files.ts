/** What can be found of a message's files: their names, as they are shown, and what their author says they show. */
import { safeFileName } from "@multichat/client";
import type { FileHit } from "@multichat/client/contract";
import type { StoredEvent } from "@multichat/core/ports";
import { writtenOf } from "../conversation/contents.ts";
import { placesOf, snippetOf } from "./snippet.ts";

export interface FindableFile {
  name: string;
  alt: string | null;
}

/** @param isOwn of what is looked at once, others are shown nothing before they look, and nothing after */
export function findableFiles(
  event: Pick<StoredEvent, "kind" | "payload">,
  isOwn: boolean,
): FindableFile[] {
  const written = writtenOf(event);
  if (written?.files === undefined || (written.once === true && !isOwn)) return [];
  return written.files.map(([name, , , , { alt }]) => ({
    name: safeFileName(name),
    alt: alt ?? null,
  }));
}

/** Where something was found in them. */
export function fileHits(files: readonly FindableFile[], query: string): FileHit[] {
  return files.map(({ name, alt }) => {
    const said = alt === null ? null : snippetOf(alt, query);
    return {
      name,
      ranges: placesOf(name, query),
      alt: said === null || said.ranges.length === 0 ? null : said,
    };
  });
}

export const isFound = ({ ranges, alt }: FileHit): boolean => ranges.length > 0 || alt !== null;
