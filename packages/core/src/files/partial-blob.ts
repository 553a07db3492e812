/**
 * A blob that is not whole yet. Which chunks are here is held in memory and made anew from the bytes on the disk, by their hashes, when it is
 * taken up again: so a power cut, a half-written chunk or a damaged one is only something that is still missing.
 */
import {
  type BlobId,
  type BlobPart,
  blobId,
  chunkHash,
  chunkSize,
  chunksOfPage,
  pageHash,
} from "@multichat/protocol";
import { sameBytes } from "../events/event.ts";
import { type BlobStoreDeps, hashesOf, partialName, wholeName } from "./blob-names.ts";
import { chunksIn, hashLength, pageLength, pagesIn, pieceLength } from "./blob-shape.ts";

export interface Piece {
  part: BlobPart;
  index: number;
}

export interface PartialBlob {
  /** Bytes of it that are here and were found right. */
  have(): number;
  /** What is missing and can be checked when it comes, or makes that possible; in the order it is to be asked for. */
  wanted(): Iterable<Piece>;
  isWanted(piece: Piece): boolean;
  /** False: it is not what belongs there. What is here already is right. */
  put(part: BlobPart, index: number, bytes: Uint8Array): Promise<boolean>;
  isComplete(): boolean;
  /** Makes it a whole one, on the disk when it resolves. No calls after that. */
  finish(): Promise<void>;
  /** Leaves it as it is. No calls after that. */
  close(): Promise<void>;
}

export async function openPartial(
  { disk, sha256 }: BlobStoreDeps,
  blob: BlobId,
  size: number,
): Promise<PartialBlob> {
  const name = partialName(blob);
  const chunks = chunksIn(size);
  const pages = pagesIn(size);
  const data = await disk.create(name);
  const hashes = await disk.create(hashesOf(name));
  /** So far the files reach that were here before. */
  const held = { data: disk.size(name) ?? 0, hashes: disk.size(hashesOf(name)) ?? 0 };
  const here = new Uint8Array(Math.ceil(chunks / 8));
  const knownPages = new Set<number>();
  let list: Uint8Array | null = null;
  let bytesHere = 0;
  let chunksHere = 0;
  let firstMissing = 0;
  /** The page looked at last. */
  let page: { index: number; bytes: Uint8Array } | null = null;

  const has = (chunk: number): boolean => (here[chunk >> 3]! & (1 << (chunk & 7))) !== 0;

  function mark(chunk: number): void {
    if (has(chunk)) return;
    here[chunk >> 3]! |= 1 << (chunk & 7);
    chunksHere++;
    bytesHere += pieceLength(size, "chunk", chunk);
    while (firstMissing < chunks && has(firstMissing)) firstMissing++;
  }

  function isPage(index: number, bytes: Uint8Array): boolean {
    const hash = pageHash([bytes], sha256);
    if (pages === 1) return blobId(size, [hash], sha256) === blob;
    return (
      list !== null && sameBytes(hash, list.subarray(index * hashLength, (index + 1) * hashLength))
    );
  }

  async function hashOf(chunk: number): Promise<Uint8Array> {
    const index = Math.floor(chunk / chunksOfPage);
    if (page?.index !== index)
      page = { index, bytes: await hashes.read(index * pageLength, pageLength) };
    const at = (chunk % chunksOfPage) * hashLength;
    return page.bytes.subarray(at, at + hashLength);
  }

  async function isChunk(chunk: number, bytes: Uint8Array): Promise<boolean> {
    const hash = chunkHash(bytes, sha256);
    return chunks === 1 ? isPage(0, hash) : sameBytes(hash, await hashOf(chunk));
  }

  /** Looks at what was here before the hashes of this page were known. */
  async function takeUp(index: number): Promise<void> {
    knownPages.add(index);
    const end = Math.min(chunks, (index + 1) * chunksOfPage);
    for (let chunk = index * chunksOfPage; chunk < end && chunk * chunkSize < held.data; chunk++) {
      const bytes = await data.read(chunk * chunkSize, pieceLength(size, "chunk", chunk));
      if (bytes.length > 0 && !has(chunk) && (await isChunk(chunk, bytes))) mark(chunk);
    }
  }

  async function takeUpPages(): Promise<void> {
    for (let index = 0; index < pages && index * pageLength < held.hashes; index++) {
      const bytes = await hashes.read(index * pageLength, pieceLength(size, "page", index));
      if (bytes.length > 0 && isPage(index, bytes)) await takeUp(index);
    }
  }

  if (chunks === 1) await takeUp(0);
  else if (pages === 1) await takeUpPages();

  async function put(part: BlobPart, index: number, bytes: Uint8Array): Promise<boolean> {
    if (part === "list") {
      if (blobId(size, [bytes], sha256) !== blob) return false;
      list = bytes.slice();
      await takeUpPages();
    } else if (part === "page") {
      if (!isPage(index, bytes)) return false;
      await hashes.write(index * pageLength, bytes);
      await takeUp(index);
    } else {
      if (!(await isChunk(index, bytes))) return false;
      await data.write(index * chunkSize, bytes);
      mark(index);
    }
    return true;
  }

  function isWanted({ part, index }: Piece): boolean {
    if (pieceLength(size, part, index) === 0) return false;
    if (part === "list") return pages > 1 && list === null;
    if (part === "page")
      return chunks > 1 && (pages === 1 || list !== null) && !knownPages.has(index);
    return !has(index) && knownPages.has(Math.floor(index / chunksOfPage));
  }

  async function close(): Promise<void> {
    await data.close();
    await hashes.close();
  }

  return {
    have: () => bytesHere,
    isWanted,
    *wanted() {
      if (isWanted({ part: "list", index: 0 })) yield { part: "list", index: 0 };
      for (let index = Math.floor(firstMissing / chunksOfPage); index < pages; index++) {
        // One page ahead, so that nothing waits at its end.
        for (const near of [index, index + 1])
          if (isWanted({ part: "page", index: near })) yield { part: "page", index: near };
        const end = Math.min(chunks, (index + 1) * chunksOfPage);
        for (let chunk = Math.max(firstMissing, index * chunksOfPage); chunk < end; chunk++) {
          if (isWanted({ part: "chunk", index: chunk })) yield { part: "chunk", index: chunk };
        }
      }
    },
    async put(part, index, bytes) {
      if (!isWanted({ part, index })) return true;
      return bytes.length === pieceLength(size, part, index) && put(part, index, bytes);
    },
    isComplete: () => chunksHere === chunks,
    async finish() {
      await data.sync();
      await hashes.sync();
      await close();
      if (chunks === 1) await disk.remove(hashesOf(name));
      else await disk.rename(hashesOf(name), hashesOf(wholeName(blob)));
      await disk.rename(name, wholeName(blob));
    },
    close,
  };
}
