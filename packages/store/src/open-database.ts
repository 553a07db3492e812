/**
 * Opens the database file, or makes it. A file that is not whole is refused as damaged before SQLite gets to write to it, so that what
 * is left of it stays as it was found.
 */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { readFileHeader } from "./file-header.ts";
import { busyTimeoutMs, cacheKiB, walBytesKept, walPagesBeforeCheckpoint } from "./limits.ts";
import { migrate, refuseNewer } from "./migrations.ts";
import { damaged, translated } from "./sqlite-error.ts";
import { auditLog, hasLog } from "./wal-audit.ts";

export const inMemory = ":memory:";

/** @throws StoreError */
export function openDatabase(path: string): DatabaseSync {
  try {
    if (path !== inMemory) {
      if (existsSync(path)) inspect(path);
      else if (hasLog(path))
        throw damaged("the database file is missing, though its write-ahead log is there");
      else create(path);
    }
    return open(path);
  } catch (error) {
    throw translated(error);
  }
}

function open(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs, defensive: true });
  try {
    configure(database);
    database.exec("PRAGMA journal_mode = WAL");
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function configure(database: DatabaseSync): void {
  database.exec(`
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -${cacheKiB};
    PRAGMA wal_autocheckpoint = ${walPagesBeforeCheckpoint};
    PRAGMA journal_size_limit = ${walBytesKept};`);
}

/**
 * Made under another name and renamed when whole: a file of this name is always a whole database, and an empty one was emptied by
 * something else. So nothing has to be synced on the way, only once before the renaming.
 */
function create(path: string): void {
  const unfinished = `${path}.new`;
  for (const suffix of ["", "-journal", "-wal", "-shm"])
    rmSync(unfinished + suffix, { force: true });
  const database = new DatabaseSync(unfinished);
  try {
    database.exec("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY");
    migrate(database);
    database.exec("PRAGMA journal_mode = WAL");
  } finally {
    database.close();
  }
  sync(unfinished, "r+");
  renameSync(unfinished, path);
  // Windows cannot open folders; its file system journals names by itself.
  if (process.platform !== "win32") sync(dirname(path), "r");
}

function sync(path: string, flags: "r" | "r+"): void {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** @throws StoreError if the file is not whole, or of a newer release */
function inspect(path: string): void {
  const header = readFileHeader(path);
  if (typeof header === "string") throw damaged(header);
  refuseNewer(header.userVersion);
  if (hasLog(path)) {
    const fault = auditLog(path, header);
    if (fault !== null) throw damaged(fault);
    lookInside(path, false);
  } else {
    if (header.size < header.pages * header.pageSize) throw damaged("the database file is cut off");
    lookInside(path, true);
  }
}

/** Reads through a connection that cannot write. Without a log nothing else may change the file, and no other files are needed. */
function lookInside(path: string, withoutLog: boolean): void {
  const url = pathToFileURL(path);
  if (withoutLog) url.searchParams.set("immutable", "1");
  const database = new DatabaseSync(url, { readOnly: true, timeout: busyTimeoutMs });
  try {
    database.prepare("SELECT count(*) FROM sqlite_schema").get();
    const open = database.prepare("SELECT value FROM meta WHERE name = 'open'").get();
    if (withoutLog && open?.["value"] === 1) {
      throw damaged("the write-ahead log is missing: what was written last would be lost");
    }
  } finally {
    database.close();
  }
}
