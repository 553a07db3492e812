/**
 * Blobs on a disk (spec/12-content.md, Blobs). `ab/cdef…` has the bytes of a whole one and nothing else, `ab/cdef….hashes` its chunk
 * hashes in order, if it has more than one chunk. What is not whole has the same two under `partial/`, what somebody is
 * handing over is under `upload/`. A blob is here when its file is: the hashes are moved first.
 */
import {
  type BlobId,
  type BlobPart,
  blobId,
  chunkHash,
  chunkSize,
  chunksOfPage,
  pageHash,
  parseBlobId,
} from "@multichat/protocol";
import { sameBytes } from "../events/event.ts";
import type { DiskFile } from "../ports/index.ts";
import { chunksIn, hashLength, pageLength, pagesIn, pieceLength } from "./blob-shape.ts";
import { type BlobStoreDeps, hashesOf, partialName, wholeName } from "./blob-names.ts";
import { type BlobWriter, createBlobWriter } from "./blob-writer.ts";
import { type PartialBlob, openPartial } from "./partial-blob.ts";

export interface StoredBlob {
  blob: BlobId;
  bytes: number;
  whole: boolean;
  /** When it came to be here, or was last added to; ms. */
  at: number;
}

/** A whole blob, open for reading. */
export interface BlobReader {
  readonly size: number;
  /** Alone in their buffer. Null: there is no such piece, or it is damaged; then the blob is no longer whole and can be fetched again. */
  read(part: BlobPart, index: number): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

export interface BlobStore {
  /** In bytes; null if it is not here as a whole. */
  size(blob: BlobId): number | null;
  open(blob: BlobId): Promise<BlobReader | null>;
  /** Takes in bytes of which the id is not known yet. */
  create(): Promise<BlobWriter>;
  /** What is here of a blob that is not whole, to be added to. One at a time for each blob. */
  resume(blob: BlobId, size: number): Promise<PartialBlob>;
  list(): Promise<StoredBlob[]>;
  remove(blob: BlobId): Promise<void>;
  /** Removes what was being handed over before this time, ms, and never came to an end. */
  removeUploads(before: number): Promise<void>;
}

export function createBlobStore(deps: BlobStoreDeps): BlobStore {
  const { disk, sha256 } = deps;

  /** The bytes are kept: all that are right need not be fetched again. */
  async function demote(blob: BlobId): Promise<void> {
    await disk.rename(wholeName(blob), partialName(blob));
    await disk.rename(hashesOf(wholeName(blob)), hashesOf(partialName(blob)));
  }

  async function hashesAt(
    hashes: DiskFile | null,
    data: DiskFile,
    at: number,
    length: number,
  ): Promise<Uint8Array> {
    return hashes === null
      ? chunkHash(await data.read(0, chunkSize), sha256)
      : hashes.read(at, length);
  }

  async function open(blob: BlobId): Promise<BlobReader | null> {
    const size = disk.size(wholeName(blob));
    const data = size === null ? null : await disk.open(wholeName(blob));
    if (size === null || data === null) return null;
    const hashes = await disk.open(hashesOf(wholeName(blob)));
    const last = chunksIn(size) - 1;
    const isShort =
      hashes === null ? last > 0 : disk.size(hashesOf(wholeName(blob))) !== (last + 1) * hashLength;

    async function list(): Promise<Uint8Array | null> {
      const found: Uint8Array[] = [];
      for (let page = 0; page < pagesIn(size!); page++) {
        found.push(
          pageHash(
            [await hashesAt(hashes, data!, page * pageLength, pieceLength(size!, "page", page))],
            sha256,
          ),
        );
      }
      const whole = new Uint8Array(found.length * hashLength);
      found.forEach((hash, i) => whole.set(hash, i * hashLength));
      return blobId(size!, [whole], sha256) === blob ? whole : null;
    }

    async function chunk(index: number): Promise<Uint8Array | null> {
      const bytes = await data!.read(index * chunkSize, chunkSize);
      const hash = chunkHash(bytes, sha256);
      if (hashes === null)
        return blobId(bytes.length, [pageHash([hash], sha256)], sha256) === blob ? bytes : null;
      return sameBytes(hash, await hashOf(index, hashes)) ? bytes : null;
    }

    /** The page looked at last. */
    let page: { index: number; bytes: Uint8Array } | null = null;

    async function hashOf(chunkIndex: number, from: DiskFile): Promise<Uint8Array> {
      const index = Math.floor(chunkIndex / chunksOfPage);
      if (page?.index !== index) page = { index, bytes: await from.read(index * pageLength, pageLength) };
      const at = (chunkIndex % chunksOfPage) * hashLength;
      return page.bytes.subarray(at, at + hashLength);
    }

    async function piece(part: BlobPart, index: number): Promise<Uint8Array | null> {
      if (isShort) return null;
      if (part === "list") return list();
      return part === "chunk"
        ? chunk(index)
        : hashesAt(hashes, data!, index * pageLength, pieceLength(size!, "page", index));
    }

    return {
      size,
      async read(part, index) {
        const length = pieceLength(size, part, index);
        if (length === 0) return null;
        const bytes = await piece(part, index);
        if (bytes?.length === length) return bytes;
        await demote(blob);
        return null;
      },
      async close() {
        await data.close();
        await hashes?.close();
      },
    };
  }

  return {
    size: (blob) => disk.size(wholeName(blob)),
    open,
    create: () => createBlobWriter(deps),
    resume: (blob, size) => openPartial(deps, blob, size),
    async list() {
      const found = new Map<BlobId, StoredBlob>();
      for (const { name, size, at } of await disk.list()) {
        const isWhole = !name.startsWith("partial/");
        const id = parseBlobId(
          (isWhole ? name.replace("/", "") : name.slice("partial/".length)).replace(
            /\.hashes$/,
            "",
          ),
        );
        if (id === null) continue;
        const known = found.get(id) ?? { blob: id, bytes: 0, whole: false, at: 0 };
        found.set(id, {
          blob: id,
          bytes: known.bytes + size,
          whole: known.whole || (isWhole && !name.endsWith(".hashes")),
          at: Math.max(known.at, at),
        });
      }
      return [...found.values()];
    },
    async remove(blob) {
      for (const name of [wholeName(blob), partialName(blob)]) {
        await disk.remove(name);
        await disk.remove(hashesOf(name));
      }
    },
    async removeUploads(before) {
      for (const { name, at } of await disk.list())
        if (name.startsWith("upload/") && at < before) await disk.remove(name);
    },
  };
}
