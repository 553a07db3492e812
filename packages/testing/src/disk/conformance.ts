/** What every disk adapter must do (packages/core/src/ports/disk.ts), and blobs on it (packages/core/src/files/blob-store.ts). */
import { hash } from "node:crypto";
import { type BlobStore, createBlobStore } from "@multichat/core";
import type { Disk } from "@multichat/core/ports";
import { type BlobId, type BlobPart, blobId, chunkSize, chunksOfPage, pageHash } from "@multichat/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSeededRandom } from "../random/index.ts";

export interface DiskUnderTest {
  disk: Disk;
  /** Changes one byte of a file behind the adapter's back. */
  spoil(name: string, at: number): void;
  dispose?(): void;
}

/** `makeDisk` is called for each test, and must answer an empty disk each time. */
export function describeDisk(name: string, makeDisk: () => DiskUnderTest): void {
  describe(`disk: ${name}`, () => {
    let subject: DiskUnderTest;
    beforeEach(() => {
      subject = makeDisk();
    });
    afterEach(() => subject.dispose?.());
    describeFiles(() => subject.disk);
    describeBlobs(() => subject);
  });
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytesOf = (words: string): Uint8Array => new TextEncoder().encode(words);

function describeFiles(disk: () => Disk): void {
  it("keeps what was written where it was written", async () => {
    const file = await disk().create("ab/cd");
    await file.write(4, bytesOf("there"));
    await file.write(0, bytesOf("here"));
    expect(text(await file.read(0, 100))).toBe("herethere");
    expect(text(await file.read(4, 2))).toBe("th");
    expect(await file.read(9, 5)).toHaveLength(0);
    await file.sync();
    await file.close();
    expect(disk().size("ab/cd")).toBe(9);
    const again = await disk().create("ab/cd");
    expect(text(await again.read(0, 9))).toBe("herethere");
    await again.close();
  });

  it("reads what was left out as zeros", async () => {
    const file = await disk().create("a");
    await file.write(3, Uint8Array.of(7));
    expect([...(await file.read(0, 4))]).toEqual([0, 0, 0, 7]);
    await file.close();
  });

  it("knows what is not there", async () => {
    expect(await disk().open("none")).toBeNull();
    expect(disk().size("none")).toBeNull();
    expect(await disk().list()).toEqual([]);
    await disk().remove("none");
    await disk().rename("none", "other");
    expect(disk().size("other")).toBeNull();
  });

  it("moves, replaces, lists and removes", async () => {
    for (const name of ["one", "x/two"]) {
      const file = await disk().create(name);
      await file.write(0, bytesOf(name));
      await file.close();
    }
    await disk().rename("one", "x/two");
    await disk().rename("x/two", "y/three");
    expect((await disk().list()).map(({ name, size }) => ({ name, size }))).toEqual([
      { name: "y/three", size: 3 },
    ]);
    await disk().remove("y/three");
    expect(await disk().list()).toEqual([]);
  });
}

/** Bytes in which no two chunks are alike. */
export function sampleBytes(length: number): Uint8Array {
  return createSeededRandom(length).bytes(length);
}

function describeBlobs(subject: () => DiskUnderTest): void {
  let blobs: BlobStore;
  beforeEach(() => {
    const sha256 = (...parts: Uint8Array[]): Uint8Array =>
      new Uint8Array(hash("sha256", Buffer.concat(parts), "buffer"));
    blobs = createBlobStore({ disk: subject().disk, sha256, random: createSeededRandom(1) });
  });

  async function put(bytes: Uint8Array): Promise<BlobId> {
    const writer = await blobs.create();
    for (let at = 0; at < bytes.length; at += 50_000)
      await writer.write(bytes.subarray(at, at + 50_000));
    return (await writer.finish())!.blob;
  }

  async function piece(blob: BlobId, part: BlobPart, index: number): Promise<Uint8Array | null> {
    const reader = (await blobs.open(blob))!;
    const bytes = await reader.read(part, index);
    await reader.close();
    return bytes;
  }

  it.each([1, chunkSize, chunkSize + 1, 3 * chunkSize])(
    "gives back a blob of %i bytes, and its hashes with it",
    async (size) => {
      const bytes = sampleBytes(size);
      const blob = await put(bytes);
      expect(blobs.size(blob)).toBe(size);
      const found: Uint8Array[] = [];
      for (let i = 0; i * chunkSize < size; i++) found.push((await piece(blob, "chunk", i))!);
      expect(Buffer.concat(found).equals(bytes)).toBe(true);
      expect(await piece(blob, "page", 0)).toHaveLength(32 * found.length);
      expect(await piece(blob, "list", 0)).toHaveLength(32);
      expect(await piece(blob, "chunk", found.length)).toBeNull();
      expect(await piece(blob, "page", 1)).toBeNull();
      expect(await blobs.list()).toMatchObject([{ blob, whole: true }]);
    },
  );

  it("takes no empty blob and leaves nothing of one that was broken off", async () => {
    expect(await (await blobs.create()).finish()).toBeNull();
    const writer = await blobs.create();
    await writer.write(sampleBytes(2 * chunkSize));
    await writer.abort();
    expect(await subject().disk.list()).toEqual([]);
  });

  it.each([5, 2 * chunkSize + 5])(
    "puts %i bytes together from pieces in any order, and takes no wrong one",
    async (size) => {
      const bytes = sampleBytes(size);
      const blob = await put(bytes);
      const page = (await piece(blob, "page", 0))!;
      await blobs.remove(blob);
      expect(blobs.size(blob)).toBeNull();

      const partial = await blobs.resume(blob, size);
      const chunks = Math.ceil(size / chunkSize);
      expect([...partial.wanted()]).toEqual(
        chunks > 1 ? [{ part: "page", index: 0 }] : [{ part: "chunk", index: 0 }],
      );
      const isPageTaken = async (bytesOfPage: Uint8Array): Promise<boolean> =>
        partial.put("page", 0, bytesOfPage);
      expect(await isPageTaken(page.map((byte) => byte ^ 1))).toBe(chunks === 1);
      expect(await isPageTaken(page)).toBe(true);
      for (let i = chunks - 1; i >= 0; i--) {
        const chunk = bytes.subarray(i * chunkSize, (i + 1) * chunkSize);
        expect(
          await partial.put(
            "chunk",
            i,
            chunk.map((byte) => byte ^ 1),
          ),
        ).toBe(false);
        expect(await partial.put("chunk", i, chunk.subarray(1))).toBe(false);
        expect(partial.isComplete()).toBe(false);
        expect(await partial.put("chunk", i, chunk)).toBe(true);
      }
      expect(partial.have()).toBe(size);
      expect([...partial.wanted()]).toEqual([]);
      await partial.finish();
      expect(blobs.size(blob)).toBe(size);
      expect(
        Buffer.from((await piece(blob, "chunk", chunks - 1))!).equals(
          bytes.subarray((chunks - 1) * chunkSize),
        ),
      ).toBe(true);
      expect(
        (await subject().disk.list()).filter(({ name }) => name.startsWith("partial/")),
      ).toEqual([]);
    },
  );

  it("goes on with what was here, and asks again for what was spoilt meanwhile", async () => {
    const bytes = sampleBytes(3 * chunkSize);
    const blob = await put(bytes);
    const page = (await piece(blob, "page", 0))!;
    await blobs.remove(blob);
    const first = await blobs.resume(blob, bytes.length);
    await first.put("page", 0, page);
    for (const i of [0, 1])
      await first.put("chunk", i, bytes.subarray(i * chunkSize, (i + 1) * chunkSize));
    await first.close();
    subject().spoil(`partial/${blob}`, chunkSize + 9);
    const second = await blobs.resume(blob, bytes.length);
    expect(second.have()).toBe(chunkSize);
    expect([...second.wanted()]).toEqual([
      { part: "chunk", index: 1 },
      { part: "chunk", index: 2 },
    ]);
    await second.close();
  });

  it.each([100, 2 * chunkSize])(
    "notices damage in a blob of %i bytes when it is read, and is then short of that piece only",
    async (size) => {
      const bytes = sampleBytes(size);
      const blob = await put(bytes);
      subject().spoil(`${blob.slice(0, 2)}/${blob.slice(2)}`, size - 1);
      const last = Math.ceil(size / chunkSize) - 1;
      expect(await piece(blob, "chunk", last)).toBeNull();
      expect(blobs.size(blob)).toBeNull();
      const partial = await blobs.resume(blob, size);
      expect([...partial.wanted()]).toEqual([{ part: "chunk", index: last }]);
      expect(await partial.put("chunk", last, bytes.subarray(last * chunkSize))).toBe(true);
      await partial.finish();
      expect(blobs.size(blob)).toBe(size);
    },
  );

  it("of more than one page needs the list of them first, and is then short of each page that was spoilt", async () => {
    const hashes = sampleBytes(32 * (chunksOfPage + 2));
    const sha256 = (...parts: Uint8Array[]): Uint8Array =>
      new Uint8Array(hash("sha256", Buffer.concat(parts), "buffer"));
    const pages = [hashes.subarray(0, 32 * chunksOfPage), hashes.subarray(32 * chunksOfPage)];
    const list = pages.map((page) => pageHash([page], sha256));
    const size = (chunksOfPage + 1) * chunkSize + 1;
    const blob = blobId(size, list, sha256);
    const first = await blobs.resume(blob, size);
    expect([...first.wanted()]).toEqual([{ part: "list", index: 0 }]);
    expect(await first.put("list", 0, Buffer.concat(list.toReversed()))).toBe(false);
    expect(await first.put("list", 0, Buffer.concat(list))).toBe(true);
    expect([...first.wanted()].slice(0, 2)).toEqual([0, 1].map((index) => ({ part: "page", index })));
    expect(await first.put("page", 1, pages[0]!)).toBe(false);
    for (const index of [0, 1]) expect(await first.put("page", index, pages[index]!)).toBe(true);
    expect([...first.wanted()]).toHaveLength(chunksOfPage + 2);
    await first.close();
    subject().spoil(`partial/${blob}.hashes`, 32 * chunksOfPage + 40);
    const second = await blobs.resume(blob, size);
    expect(await second.put("list", 0, Buffer.concat(list))).toBe(true);
    expect(second.isWanted({ part: "chunk", index: 0 })).toBe(true);
    expect([...second.wanted()][0]).toEqual({ part: "page", index: 1 });
    await second.close();
  });

  it("notices damage in the hashes", async () => {
    const blob = await put(sampleBytes(2 * chunkSize));
    subject().spoil(`${blob.slice(0, 2)}/${blob.slice(2)}.hashes`, 3);
    expect(await piece(blob, "list", 0)).toBeNull();
    const partial = await blobs.resume(blob, 2 * chunkSize);
    expect([...partial.wanted()]).toEqual([{ part: "page", index: 0 }]);
    await partial.close();
  });
}
