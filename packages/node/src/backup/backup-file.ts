/** Backups as files (spec/09-devices.md, Backup): items in a row, cut into sealed chunks. */
import { type FileHandle, open, rm } from "node:fs/promises";
import { backupItemBytes } from "@multichat/protocol";
import { BackupError, type BackupFiles, type BackupSink, type BackupSource } from "../engine/backup/backup-files.ts";
import { type Cost, type Sealing, beginSealing, damaged, openSealing, tagLength, usualChunkSize, usualCost } from "./sealed-chunks.ts";

export function createBackupFiles(options: { cost?: Cost; chunkSize?: number } = {}): BackupFiles {
  const { cost = usualCost, chunkSize = usualChunkSize } = options;
  return {
    async create(path, passphrase) {
      const file = await attempt(() => open(path, "wx", 0o600), path);
      try {
        const { head, sealing } = await beginSealing(passphrase, cost, chunkSize);
        await attempt(() => file.writeFile(head), path);
        return sinkTo(file, path, sealing, head.length);
      } catch (error) {
        await discard(file, path);
        throw error;
      }
    },
    async open(path, passphrase) {
      const file = await attempt(() => open(path, "r"), path);
      try {
        const { size } = await file.stat();
        let position = 0;
        const read = async (length: number): Promise<Uint8Array> => {
          const { buffer, bytesRead } = await attempt(() => file.read(Buffer.alloc(length), 0, length, position), path);
          position += bytesRead;
          return buffer.subarray(0, bytesRead);
        };
        return sourceFrom(file, await openSealing(passphrase, read), read, () => ({ read: position, of: size }));
      } catch (error) {
        await file.close();
        throw error;
      }
    },
  };
}

function sinkTo(file: FileHandle, path: string, sealing: Sealing, headLength: number): BackupSink {
  let waiting = Buffer.alloc(0);
  let index = 0;
  let size = headLength;

  async function put(last: boolean, content: Uint8Array): Promise<void> {
    const chunk = sealing.seal(index++, last, content);
    await attempt(() => file.writeFile(chunk), path);
    size += chunk.length;
  }

  return {
    async write(item) {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(item.length);
      waiting = Buffer.concat([waiting, length, item]);
      // One stays behind: the last chunk is sealed as the last.
      for (; waiting.length > sealing.chunkSize; waiting = waiting.subarray(sealing.chunkSize)) await put(false, waiting.subarray(0, sealing.chunkSize));
    },
    async close() {
      await put(true, waiting);
      await attempt(() => file.sync(), path);
      await file.close();
      return size;
    },
    abort: () => discard(file, path),
  };
}

function sourceFrom(file: FileHandle, sealing: Sealing, read: (length: number) => Promise<Uint8Array>, progress: BackupSource["progress"]): BackupSource {
  let content = Buffer.alloc(0);
  let index = 0;
  let ended = false;

  async function more(): Promise<void> {
    const chunk = await read(sealing.chunkSize + tagLength);
    const { read: position, of } = progress();
    const last = position >= of;
    const opened = sealing.open(index, last, chunk);
    if (opened === null) {
      // A whole chunk that is not the last, at the end of the file: the rest is gone.
      const cut = last && (chunk.length === 0 || sealing.open(index, false, chunk) !== null);
      throw damaged(cut ? "It is cut short." : `What stands after ${position - chunk.length} bytes is not what was written.`);
    }
    index++;
    ended = last;
    content = Buffer.concat([content, opened]);
  }

  async function take(length: number): Promise<Buffer | null> {
    while (content.length < length) {
      if (ended) return null;
      await more();
    }
    const taken = content.subarray(0, length);
    content = content.subarray(length);
    return taken;
  }

  return {
    async next() {
      while (content.length === 0 && !ended) await more();
      if (content.length === 0) return null;
      const length = (await take(4))?.readUInt32BE();
      const item = length === undefined || length > backupItemBytes ? null : await take(length);
      if (item === null) throw damaged("It was not written to its end.");
      return new Uint8Array(item);
    },
    progress,
    close: () => file.close(),
  };
}

async function discard(file: FileHandle, path: string): Promise<void> {
  await file.close();
  await rm(path, { force: true });
}

async function attempt<T>(work: () => Promise<T>, path: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "EEXIST") throw new BackupError("file-exists", `${path} is there already. Choose another name.`, error);
    if (code === "ENOSPC" || code === "EDQUOT") throw new BackupError("disk-full", "The disk is full. Free some space, or choose another place.", error);
    if (code === "ENOENT") throw new BackupError("file-unreadable", `${path} is not there, or its folder is not.`, error);
    throw new BackupError("file-unreadable", `${path} cannot be used (${String(code)}).`, error);
  }
}
