/**
 * One node at a time on a data folder: two would fork its feeds. The lock is an SQLite transaction held open, which the
 * operating system lets go of however the process ends.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StartError } from "../api/start-error.ts";

export interface FolderLock {
  release(): void;
}

export function lockPath(dataDir: string): string {
  return join(dataDir, "lock.sqlite");
}

/** @throws StartError `data-folder-in-use`; whatever else keeps the file from being opened as it is */
export function lockDataFolder(dataDir: string): FolderLock {
  const path = lockPath(dataDir);
  try {
    return lock(path);
  } catch (error) {
    const result = resultCode(error);
    if (result === notADatabase) {
      // There is nothing in it to lose, and no node holds what is none.
      rmSync(path);
      return lock(path);
    }
    if (result !== busy) throw error;
    throw new StartError(
      "data-folder-in-use",
      `Another Multichat is running on ${dataDir}. Stop that one first, or choose another folder with --data.`,
      { cause: error },
    );
  }
}

export function isInUse(dataDir: string): boolean {
  try {
    lockDataFolder(dataDir).release();
    return false;
  } catch (error) {
    if (error instanceof StartError) return true;
    throw error;
  }
}

/** SQLITE_BUSY and SQLITE_NOTADB. */
const [busy, notADatabase] = [5, 26];

function resultCode(error: unknown): unknown {
  return error instanceof Error && "errcode" in error ? error.errcode : null;
}

function lock(path: string): FolderLock {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    // Nothing is written: a journal on the disk would need room on a full one.
    database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    throw error;
  }
  return { release: () => database.close() };
}
