import { StoreError } from "@multichat/core/ports";
import { expect, test } from "vitest";
import { translated } from "./sqlite-error.ts";

const ofSqlite = (errcode: number): Error =>
  Object.assign(new Error("from SQLite"), { code: "ERR_SQLITE_ERROR", errcode });
const ofSystem = (code: string): Error =>
  Object.assign(new Error("from the system"), { code, syscall: "open" });

test.each([
  ["SQLITE_FULL", ofSqlite(13), "full"],
  ["SQLITE_IOERR_SHMSIZE", ofSqlite(4874), "full"],
  ["ENOSPC", ofSystem("ENOSPC"), "full"],
  ["EDQUOT", ofSystem("EDQUOT"), "full"],
  ["SQLITE_CORRUPT", ofSqlite(11), "damaged"],
  ["SQLITE_CORRUPT_INDEX", ofSqlite(779), "damaged"],
  ["SQLITE_NOTADB", ofSqlite(26), "damaged"],
  ["SQLITE_IOERR_READ", ofSqlite(266), "io"],
  ["SQLITE_BUSY", ofSqlite(5), "io"],
  ["SQLITE_CANTOPEN", ofSqlite(14), "io"],
  ["EACCES", ofSystem("EACCES"), "io"],
])("%s is %s", (_, error, code) => {
  const reported = translated(error);
  expect(reported).toBeInstanceOf(StoreError);
  expect(reported).toMatchObject({ code, cause: error });
});

test("a bug stays what it is", () => {
  const bug = new TypeError("not a function");
  expect(translated(bug)).toBe(bug);
});
