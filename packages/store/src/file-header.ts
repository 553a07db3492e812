/**
 * The first 100 bytes of a database file (sqlite.org/fileformat.html), read without SQLite: it would take an empty file for a new
 * database, and could write to the one it opens.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { applicationId } from "./schema.ts";

export interface FileHeader {
  pageSize: number;
  /** As of the last checkpoint. */
  pages: number;
  userVersion: number;
  /** Of the file, in bytes. */
  size: number;
}

const headerLength = 100;
const magic = "SQLite format 3\0";

/** What is wrong with the file, in words, or its header. */
export function readFileHeader(path: string): FileHeader | string {
  const file = openSync(path, "r");
  try {
    const header = Buffer.alloc(headerLength);
    const { size } = fstatSync(file);
    if (size === 0) return "the database file is empty";
    if (readSync(file, header, 0, headerLength, 0) < headerLength)
      return "the database file is cut off";
    if (header.toString("latin1", 0, magic.length) !== magic) return "the file is not a database";
    if (header.readUInt32BE(68) !== applicationId) return "the database is not one of Multichat";
    // 1 stands for 65,536, which does not fit two bytes.
    const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
    return { pageSize, pages: header.readUInt32BE(28), userVersion: header.readUInt32BE(60), size };
  } finally {
    closeSync(file);
  }
}
