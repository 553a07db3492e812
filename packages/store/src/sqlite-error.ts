/** What SQLite reports, as the three things a node can act on: no room, a damaged file, anything else about the disk. */
import { StoreError } from "@multichat/core/ports";

/** Primary result codes (sqlite.org/rescode.html); an extended code carries its primary one in the low byte. */
const resultCodes = { corrupt: 11, full: 13, constraint: 19, notADatabase: 26 } as const;
/** The shared-memory file of the write-ahead log could not grow: the disk is full, though SQLite calls it an I/O error. */
const sharedMemoryFull = 4874;

interface SqliteError extends Error {
  code: "ERR_SQLITE_ERROR";
  errcode: number;
}

function isSqliteError(error: unknown): error is SqliteError {
  return (
    error instanceof Error &&
    "code" in error &&
    error.code === "ERR_SQLITE_ERROR" &&
    "errcode" in error
  );
}

/** A row that breaks a constraint fails alone: the transaction around it is still good. */
export function isConstraint(error: unknown): boolean {
  return isSqliteError(error) && (error.errcode & 0xff) === resultCodes.constraint;
}

/** Errors of SQLite and of the file system become StoreError; anything else is a bug and stays what it is. */
export function translated(error: unknown): unknown {
  if (isSqliteError(error)) {
    if (error.errcode === sharedMemoryFull) return full(error);
    switch (error.errcode & 0xff) {
      case resultCodes.full:
        return full(error);
      case resultCodes.corrupt:
      case resultCodes.notADatabase:
        return damaged(`the database file is damaged (${error.message})`, error);
      default:
        return new StoreError("io", `the database cannot be used: ${error.message}`, error);
    }
  }
  // A number in the file is larger than any that was ever written to it.
  if (error instanceof RangeError && "code" in error && error.code === "ERR_OUT_OF_RANGE") {
    return damaged("the database file is damaged: a number is out of range", error);
  }
  if (error instanceof Error && "syscall" in error) {
    const isFull = "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
    return isFull
      ? full(error)
      : new StoreError("io", `the database cannot be used: ${error.message}`, error);
  }
  return error;
}

export function damaged(message: string, cause?: unknown): StoreError {
  return new StoreError("damaged", message, cause);
}

function full(cause: unknown): StoreError {
  return new StoreError("full", "the disk is full: nothing of the last change was kept", cause);
}
