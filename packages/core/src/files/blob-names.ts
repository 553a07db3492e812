/** Where the files of a blob are on its disk (spec/12-content.md, Blobs). */
import type { BlobId } from "@multichat/protocol";
import type { Crypto, Disk, Random } from "../ports/index.ts";

export interface BlobStoreDeps {
  disk: Disk;
  sha256: Crypto["sha256"];
  random: Random;
}

export const wholeName = (blob: BlobId): string => `${blob.slice(0, 2)}/${blob.slice(2)}`;
export const partialName = (blob: BlobId): string => `partial/${blob}`;
export const hashesOf = (name: string): string => `${name}.hashes`;
