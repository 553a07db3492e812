/**
 * Backup files on their way between the node and a browser, which knows no paths of this machine (spec/local-api.md, Backup
 * files). They stay in the data folder, for the owner alone, until the next one or the next start.
 */
import { createReadStream, createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";

export interface BackupFile {
  /** A path at which there is nothing, for `backup.write`. */
  reserve(): Promise<string>;
  /** Keeps what a browser sends; answers the path, for `backup.restore`. Null: there is no room on the disk. */
  receive(content: ReadableStream | null): Promise<string | null>;
  /** What was written to the path reserved last; null if nothing. */
  read(): Promise<{ content: ReadableStream; size: number; written: Date } | null>;
  /** Removes both. */
  clear(): Promise<void>;
}

export function createBackupFile(dataDir: string): BackupFile {
  const outgoing = join(dataDir, "outgoing.multichat-backup");
  const incoming = join(dataDir, "incoming.multichat-backup");
  return {
    async reserve() {
      await rm(outgoing, { force: true });
      return outgoing;
    },
    async receive(content) {
      await rm(incoming, { force: true });
      try {
        await pipeline(
          content === null ? Readable.from([]) : Readable.fromWeb(content),
          createWriteStream(incoming, { flags: "wx", mode: 0o600 }),
        );
        return incoming;
      } catch (error) {
        await rm(incoming, { force: true });
        if (error instanceof Error && "code" in error && error.code === "ENOSPC") return null;
        throw error;
      }
    },
    async read() {
      const found = await stat(outgoing).catch(() => null);
      if (found === null) return null;
      return {
        content: Readable.toWeb(createReadStream(outgoing)),
        size: found.size,
        written: found.mtime,
      };
    },
    async clear() {
      await Promise.all([outgoing, incoming].map((path) => rm(path, { force: true })));
    },
  };
}
