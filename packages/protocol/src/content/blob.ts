/**
 * How the bytes of a file become a blob id (spec/12-content.md, Blobs): bytes → chunks → pages of chunk hashes → id. Whoever has
 * the id can check the page hashes, with those a page, with that a chunk. `sha256` is passed in: this package has no cryptography
 * of its own.
 */
import { type BlobId, idFromBytes } from "../ids.ts";
import { labels } from "../labels.ts";

/** Of all parts, one after the other. */
type Sha256 = (...parts: Uint8Array[]) => Uint8Array;

/** Bytes of a chunk; the last of a blob may be shorter, none is empty. */
export const chunkSize = 131_072;

/** Chunk hashes of a page; the last of a blob may have fewer, none is empty. */
export const chunksOfPage = 2048;

/** Of 1 to `chunkSize` bytes. */
export function chunkHash(chunk: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(labels.chunk, chunk);
}

/** Of a page's 1 to `chunksOfPage` chunk hashes, in order. */
export function pageHash(chunkHashes: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  return sha256(labels.page, ...chunkHashes);
}

/** `size`: of the whole blob, in bytes; `pageHashes`: of all its pages, in order. */
export function blobId(size: number, pageHashes: readonly Uint8Array[], sha256: Sha256): BlobId {
  const sizeBytes = new Uint8Array(8);
  new DataView(sizeBytes.buffer).setBigUint64(0, BigInt(size));
  return idFromBytes<BlobId>(sha256(labels.blob, sizeBytes, ...pageHashes));
}
