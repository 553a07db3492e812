/**
 * Whether the write-ahead log still holds every transaction that was promised (sqlite.org/walformat.html).
 *
 * SQLite itself takes the log up to the first frame that does not check and drops the rest in silence, because that is how a
 * transaction cut off by a power failure looks. But a transaction only returns after its frames were synced, so at most the last one
 * can be cut off. Two things tell a damaged log from that:
 * - beyond the break stands more than one commit of the same generation;
 * - the wal-index beside the log (written only after the sync) counted frames that are no longer good.
 *
 * And the file the log belongs to may itself be cut off: a page must be in one or the other. SQLite would read it as zeros.
 */
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { endianness } from "node:os";
import type { FileHeader } from "./file-header.ts";

const walHeaderLength = 32;
const frameHeaderLength = 24;
const magic = { littleEndianSums: 0x377f0682, bigEndianSums: 0x377f0683 } as const;
const framesPerRead = 64;

interface Generation {
  salt: Buffer;
  pageSize: number;
  sums: [number, number];
  littleEndian: boolean;
}

/** Whether there is a log with anything in it. */
export function hasLog(path: string): boolean {
  const wal = `${path}-wal`;
  return existsSync(wal) && statSync(wal).size > 0;
}

/** What is wrong with the log or the length of its file, in words; null when nothing is. Only to be asked while nobody writes. */
export function auditLog(path: string, file: FileHeader): string | null {
  const wal = openSync(`${path}-wal`, "r");
  try {
    const generation = readGeneration(wal);
    if (generation === null) return "the beginning of the write-ahead log is damaged";
    const log = walk(wal, generation);
    if (log.commitsBeyond > 1) {
      return "the write-ahead log is damaged: transactions after the damage would be lost";
    }
    if (framesPromised(path, generation.salt) > log.committed) {
      return "the end of the write-ahead log is missing or damaged";
    }
    return isComplete(file, log) ? null : "the database file is cut off";
  } finally {
    closeSync(wal);
  }
}

/** Where SQLite keeps its locks: the page at this offset is never written (sqlite.org/fileformat.html, "The Lock-Byte Page"). */
const lockByte = 2 ** 30;

function isComplete({ size, pageSize, pages }: FileHeader, log: Log): boolean {
  const expected = log.committed === 0 ? pages : log.databasePages;
  const lockPage = Math.floor(lockByte / pageSize) + 1;
  for (let page = Math.floor(size / pageSize) + 1; page <= expected; page++) {
    if (page !== lockPage && !log.pages.has(page)) return false;
  }
  return true;
}

interface Log {
  /** Frames up to the last commit before the break. */
  committed: number;
  /** Commits that stand behind it. */
  commitsBeyond: number;
  /** The pages in the committed frames, and how many pages the database has after them. */
  pages: Set<number>;
  databasePages: number;
}

function readGeneration(wal: number): Generation | null {
  const header = Buffer.alloc(walHeaderLength);
  if (readSync(wal, header, 0, walHeaderLength, 0) < walHeaderLength) return null;
  const kind = header.readUInt32BE(0);
  if (kind !== magic.littleEndianSums && kind !== magic.bigEndianSums) return null;
  const littleEndian = kind === magic.littleEndianSums;
  const sums = addSums([0, 0], header, 0, 24, littleEndian);
  if (sums[0] !== header.readUInt32BE(24) || sums[1] !== header.readUInt32BE(28)) return null;
  return { salt: header.subarray(16, 24), pageSize: header.readUInt32BE(8), sums, littleEndian };
}

/** Follows the chain of checksums to its break, then looks for commits behind it. */
function walk(wal: number, { salt, pageSize, sums, littleEndian }: Generation): Log {
  const frameLength = frameHeaderLength + pageSize;
  const buffer = Buffer.alloc(frameLength * framesPerRead);
  const log: Log = { committed: 0, commitsBeyond: 0, pages: new Set(), databasePages: 0 };
  let uncommitted: number[] = [];
  let sound = true;
  let frames = 0;

  for (let position = walHeaderLength; ; position += buffer.length) {
    const read = Math.floor(readSync(wal, buffer, 0, buffer.length, position) / frameLength);
    for (let at = 0; at < read * frameLength; at += frameLength) {
      const isOfGeneration = buffer.compare(salt, 0, 8, at + 8, at + 16) === 0;
      const pagesAfterCommit = buffer.readUInt32BE(at + 4);
      sound &&= isOfGeneration;
      if (sound) {
        sums = addSums(sums, buffer, at, 8, littleEndian);
        sums = addSums(sums, buffer, at + frameHeaderLength, pageSize, littleEndian);
        sound =
          sums[0] === buffer.readUInt32BE(at + 16) && sums[1] === buffer.readUInt32BE(at + 20);
      }
      if (!sound) {
        if (isOfGeneration && pagesAfterCommit > 0) log.commitsBeyond++;
        continue;
      }
      frames++;
      uncommitted.push(buffer.readUInt32BE(at));
      if (pagesAfterCommit === 0) continue;
      for (const page of uncommitted) log.pages.add(page);
      uncommitted = [];
      log.committed = frames;
      log.databasePages = pagesAfterCommit;
    }
    if (read < framesPerRead) return log;
  }
}

/** The checksum of the format: Fibonacci weights over 32-bit words, two at a time. */
function addSums(
  sums: [number, number],
  bytes: Buffer,
  from: number,
  length: number,
  littleEndian: boolean,
): [number, number] {
  let [first, second] = sums;
  for (let at = from; at < from + length; at += 8) {
    const a = littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
    const b = littleEndian ? bytes.readUInt32LE(at + 4) : bytes.readUInt32BE(at + 4);
    first = (first + a + second) >>> 0;
    second = (second + b + first) >>> 0;
  }
  return [first, second];
}

/** Offsets in the wal-index: two copies of one header, in the machine's own byte order. */
const index = { copy: 48, length: 96, version: 3_007_000, frames: 16, salt: 32, sums: 40 } as const;

/** How many frames of this generation the wal-index says were committed; 0 when it cannot tell. */
function framesPromised(path: string, salt: Buffer): number {
  const shm = `${path}-shm`;
  if (endianness() !== "LE" || !existsSync(shm)) return 0;
  const header = readFileSync(shm).subarray(0, index.length);
  if (header.length < index.length) return 0;
  const copy = header.subarray(0, index.copy);
  const sums = addSums([0, 0], copy, 0, index.sums, true);
  const isWhole =
    copy.equals(header.subarray(index.copy)) &&
    copy.readUInt32LE(0) === index.version &&
    copy.readUInt32LE(index.sums) === sums[0] &&
    copy.readUInt32LE(index.sums + 4) === sums[1];
  return isWhole && copy.compare(salt, 0, 8, index.salt, index.salt + 8) === 0
    ? copy.readUInt32LE(index.frames)
    : 0;
}
