/**
 * Backups as files (spec/09-devices.md, Backup): items in a row, cut into sealed chunks. A file has its name only once it is
 * whole and on the disk: whatever interrupts the writing leaves nothing that looks like a backup.
 */
import { type FileHandle, access, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { backupItemBytes } from "@multichat/protocol";
import { BackupError, type BackupFiles, type BackupSink, type BackupSource } from "../engine/accounts/backup/backup-files.ts";
import { fileTrouble, systemCode } from "../file-trouble.ts";
import { type Cost, type Sealing, beginSealing, damaged, openSealing, tagLength, usualChunkSize, usualCost } from "./sealed-chunks.ts";

export function createBackupFiles(options: { cost?: Cost; chunkSize?: number; openFile?: typeof open } = {}): BackupFiles {
  const { cost = usualCost, chunkSize = usualChunkSize, openFile = open } = options;
  return {
    async create(path, passphrase) {
      await refuseExisting(path);
      const draft = `${path}.unfinished`;
      // One that an interruption left behind.
      await attempt(() => rm(draft, { force: true }), path);
      const file = await attempt(() => openFile(draft, "wx", 0o600), path);
      try {
        const { head, sealing } = await beginSealing(passphrase, cost, chunkSize);
        await attempt(() => file.writeFile(head), path);
        return sinkTo(file, draft, path, sealing, head.length);
      } catch (error) {
        await discard(file, draft);
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

function sinkTo(file: FileHandle, draft: string, path: string, sealing: Sealing, headLength: number): BackupSink {
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
      await refuseExisting(path);
      await attempt(() => rename(draft, path), path);
      await syncFolder(dirname(path));
      return size;
    },
    abort: () => discard(file, draft),
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
      if (cut) throw damaged("It is cut short.");
      throw damaged(last ? "It is cut short, or its end was changed." : `What stands after ${position - chunk.length} bytes is not what was written.`);
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

async function discard(file: FileHandle, draft: string): Promise<void> {
  // A full disk may be noticed as late as here, and the draft must go all the same.
  await file.close().catch(() => undefined);
  await rm(draft, { force: true });
}

async function refuseExisting(path: string): Promise<void> {
  const free = await access(path).then(
    () => false,
    (error: unknown) => ["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? ""),
  );
  if (!free) throw new BackupError("file-exists", `${path} is there already. Choose another name.`);
}

/** The renaming itself must survive a power cut. Windows has no such call, and journals it; some network disks have none either. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync().catch(() => undefined);
  } finally {
    await folder.close();
  }
}

async function attempt<T>(work: () => Promise<T>, path: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = fileTrouble(error, path);
    throw new BackupError(code, message, error);
  }
}
