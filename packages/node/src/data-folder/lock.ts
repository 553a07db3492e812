/**
 * One node at a time on a data folder: two would fork its feeds. The lock is an SQLite transaction held open, which the
 * operating system lets go of however the process ends.
 */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StartError } from "../api/start-error.ts";

export interface FolderLock {
  release(): void;
}

/** @throws StartError `data-folder-in-use` */
export function lockDataFolder(dataDir: string): FolderLock {
  const database = new DatabaseSync(join(dataDir, "lock.sqlite"), { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    throw new StartError(
      "data-folder-in-use",
      `Another Multichat is running on ${dataDir}. Stop that one first, or choose another folder with --data.`,
      { cause: error },
    );
  }
  return { release: () => database.close() };
}
