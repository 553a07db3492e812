/** Files that stand in an export beside its messages, taken in as files of their own (spec/12-content.md, Files). */
import type { BlobStore } from "@multichat/core";
import { type BlobId, type FileEntry, limits } from "@multichat/protocol";
import type { ExportPlace, ImportedMessage } from "../../import/imported.ts";
import { cut } from "./composing.ts";

/** Empty ones are none. As many as one message holds. */
export async function attach(blobs: BlobStore, place: ExportPlace, attached: NonNullable<ImportedMessage["attached"]>): Promise<FileEntry[]> {
  const files: FileEntry[] = [];
  for (const { name, type, alt, path } of attached.slice(0, limits.filesOfMessage)) {
    const writer = await blobs.create();
    try {
      for await (const bytes of place.read(path)) await writer.write(bytes);
      const made = await writer.finish();
      if (made !== null) files.push([plainName(name), /^[a-z0-9.+/-]{1,100}$/.test(type) ? type : "application/octet-stream", made.size, made.blob as BlobId, alt === undefined ? {} : { alt: cut(alt, limits.alt) }]);
    } catch (error) {
      await writer.abort();
      throw error;
    }
  }
  return files;
}

/** No path, and nothing that is none. */
function plainName(given: string): string {
  const name = cut(given.replaceAll(/[/\\\p{Cc}]/gu, "_"), 255);
  return name === "" || name === "." || name === ".." ? "unnamed" : name;
}
