/** Takes in the bytes of a new blob, hashing them on the way: no more than a chunk is held in memory. */
import {
  type BlobId,
  blobId,
  chunkHash,
  chunkSize,
  chunksOfPage,
  pageHash,
  toHex,
} from "@multichat/protocol";
import { type BlobStoreDeps, hashesOf, wholeName } from "./blob-names.ts";
import { hashLength } from "./blob-shape.ts";

export interface BlobWriter {
  /** Call again when it has resolved. */
  write(bytes: Uint8Array): Promise<void>;
  /** On the disk when it resolves; null: there was nothing in it. */
  finish(): Promise<{ blob: BlobId; size: number } | null>;
  /** Forgets what was taken in. */
  abort(): Promise<void>;
}

export async function createBlobWriter({
  disk,
  sha256,
  random,
}: BlobStoreDeps): Promise<BlobWriter> {
  const name = `upload/${toHex(random.bytes(16))}`;
  const data = await disk.create(name);
  const hashes = await disk.create(hashesOf(name));
  const chunk = new Uint8Array(chunkSize);
  let filled = 0;
  let size = 0;
  /** Of the page being filled, and of those before it. */
  let page: Uint8Array[] = [];
  let pages = 0;
  const list: Uint8Array[] = [];

  async function endPage(): Promise<void> {
    if (page.length === 0) return;
    list.push(pageHash(page, sha256));
    await hashes.write(pages * chunksOfPage * hashLength, join(page));
    pages++;
    page = [];
  }

  async function endChunk(): Promise<void> {
    if (filled === 0) return;
    const bytes = chunk.subarray(0, filled);
    page.push(chunkHash(bytes, sha256));
    await data.write(size - filled, bytes);
    filled = 0;
    if (page.length === chunksOfPage) await endPage();
  }

  async function close(): Promise<void> {
    await data.close();
    await hashes.close();
  }

  async function abort(): Promise<void> {
    await close();
    await disk.remove(name);
    await disk.remove(hashesOf(name));
  }

  return {
    async write(bytes) {
      for (let at = 0; at < bytes.length;) {
        const taken = bytes.subarray(at, at + chunkSize - filled);
        chunk.set(taken, filled);
        filled += taken.length;
        size += taken.length;
        at += taken.length;
        if (filled === chunkSize) await endChunk();
      }
    },
    async finish() {
      await endChunk();
      const isOneChunk = pages === 0 && page.length === 1;
      await endPage();
      if (size === 0) {
        await abort();
        return null;
      }
      await data.sync();
      await hashes.sync();
      await close();
      const blob = blobId(size, list, sha256);
      if (isOneChunk) await disk.remove(hashesOf(name));
      else await disk.rename(hashesOf(name), hashesOf(wholeName(blob)));
      await disk.rename(name, wholeName(blob));
      return { blob, size };
    },
    abort,
  };
}

function join(hashes: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(hashes.length * hashLength);
  hashes.forEach((hash, i) => whole.set(hash, i * hashLength));
  return whole;
}
