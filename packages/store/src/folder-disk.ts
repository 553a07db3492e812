/** The Disk port on a folder. Reading and writing go through libuv's threads; only what a caller needs at once is looked up on its own. */
import { statSync } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Disk, type DiskEntry, DiskError, type DiskFile } from "@multichat/core/ports";

/** For the owner alone, as the rest of the data folder. */
const fileMode = 0o600;
const folderMode = 0o700;

export function createFolderDisk(folder: string): Disk {
  const pathOf = (name: string): string => join(folder, name);

  async function createAt(path: string): Promise<FileHandle> {
    await mkdir(dirname(path), { recursive: true, mode: folderMode });
    // Node has no name for "read and write, made if missing": "r+" needs the file, and "w+" empties it.
    await (await open(path, "a", fileMode)).close();
    return open(path, "r+");
  }

  return {
    open: (name) =>
      attempt(async () => {
        const handle = await open(pathOf(name), "r").catch(ifMissing(null));
        return handle === null ? null : fileOf(handle);
      }),
    create: (name) => attempt(async () => fileOf(await createAt(pathOf(name)))),
    size: (name) => statSync(pathOf(name), { throwIfNoEntry: false })?.size ?? null,
    rename: (from, to) =>
      attempt(async () => {
        const target = pathOf(to);
        await mkdir(dirname(target), { recursive: true, mode: folderMode });
        await rename(pathOf(from), target).catch(ifMissing(undefined));
        await syncFolder(dirname(target));
      }),
    remove: (name) => attempt(() => rm(pathOf(name), { force: true })),
    list: () =>
      attempt(async () => {
        const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
          ifMissing([]),
        );
        const found: DiskEntry[] = [];
        for (const entry of entries) {
          if (!entry.isFile()) continue;
          const path = join(entry.parentPath, entry.name);
          const stats = await stat(path).catch(ifMissing(null));
          if (stats !== null)
            found.push({
              name: path.slice(folder.length + 1).replaceAll("\\", "/"),
              size: stats.size,
              at: stats.mtimeMs,
            });
        }
        return found;
      }),
  };
}

function fileOf(handle: FileHandle): DiskFile {
  return {
    read: (at, length) =>
      attempt(async () => {
        // Neither from the pool, since the bytes may be handed to another thread whole, nor zeroed first.
        const buffer = new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
        let filled = 0;
        while (filled < length) {
          const { bytesRead } = await handle.read(buffer, filled, length - filled, at + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return filled === length ? buffer : buffer.slice(0, filled);
      }),
    write: (at, bytes) =>
      attempt(async () => {
        let written = 0;
        while (written < bytes.length)
          written += (await handle.write(bytes, written, bytes.length - written, at + written))
            .bytesWritten;
      }),
    sync: () => attempt(() => handle.sync()),
    close: () => attempt(() => handle.close()),
  };
}

/** A new name is in its folder: where folders can be synced, which Windows does not offer. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;

function ifMissing<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if (codeOf(error) === "ENOENT") return instead;
    throw error;
  };
}

async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    const isFull = code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG";
    throw new DiskError(
      isFull ? "full" : "io",
      isFull ? "the disk is full" : `a file could not be read or written (${String(code)})`,
      error,
    );
  }
}
