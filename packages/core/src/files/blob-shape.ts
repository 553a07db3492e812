/** How many pieces a blob of some size has, and how long each is (spec/12-content.md, Blobs). */
import { type BlobPart, chunkSize, chunksOfPage } from "@multichat/protocol";

export const hashLength = 32;
export const pageLength = chunksOfPage * hashLength;

export const chunksIn = (size: number): number => Math.ceil(size / chunkSize);
export const pagesIn = (size: number): number => Math.ceil(chunksIn(size) / chunksOfPage);

/** In bytes; 0 for a piece that there is not. */
export function pieceLength(size: number, part: BlobPart, index: number): number {
  const [whole, each] =
    part === "list"
      ? [index === 0 ? pagesIn(size) * hashLength : 0, Infinity]
      : part === "page"
        ? [chunksIn(size) * hashLength, pageLength]
        : [size, chunkSize];
  return index === 0 ? Math.min(whole, each) : Math.max(0, Math.min(whole - index * each, each));
}
