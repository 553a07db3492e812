/** Exports on the disk. Nothing outside of what was named is read, however the names in it are chosen: no links, no ways up, no devices. */
import { constants } from "node:fs";
import { lstat, open, readdir, realpath } from "node:fs/promises";
import { basename, isAbsolute, join, normalize, sep } from "node:path";
import { type ExportFiles, type ExportPlace, ImportError } from "./imported.ts";
import { limits } from "./limits.ts";

const pieceBytes = 256 * 1024;

export function createExportFiles(): ExportFiles {
  return {
    async open(path) {
      const root = await attempt(path, () => realpath(path));
      const isFolder = (await attempt(path, () => lstat(root))).isDirectory();
      return placeAt(root, basename(path), isFolder);
    },
  };
}

function placeAt(root: string, name: string, isFolder: boolean): ExportPlace {
  /** @throws ImportError */
  async function pathOf(inside: string): Promise<string> {
    const clean = normalize(inside);
    if (isAbsolute(clean) || clean.startsWith("..") || clean.includes("\0"))
      throw new ImportError("file-unreadable", `"${inside}" leads out of the export.`);
    let at = root;
    for (const part of clean.split(sep)) {
      at = join(at, part);
      if ((await attempt(inside, () => lstat(at))).isSymbolicLink()) throw linked(inside);
    }
    return at;
  }

  return {
    name,
    isFolder,
    async list(folder) {
      const path = folder === undefined ? root : await pathOf(folder);
      const entries = await attempt(folder ?? name, () => readdir(path, { withFileTypes: true }));
      if (entries.length > limits.entries)
        throw new ImportError(
          "too-large",
          `There are more than ${limits.entries.toLocaleString("en")} files in ${folder ?? name}.`,
        );
      for (const entry of entries)
        if (entry.isSymbolicLink())
          throw linked(folder === undefined ? entry.name : `${folder}/${entry.name}`);
      return entries
        .filter((entry) => entry.isDirectory() || entry.isFile())
        .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    async *read(inside) {
      const path = inside === undefined ? root : await pathOf(inside);
      // A pipe must not be waited for, and what became a link meanwhile not be followed.
      const file = await attempt(inside ?? name, () =>
        open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)),
      );
      try {
        if (!(await file.stat()).isFile())
          throw new ImportError("file-unreadable", `${inside ?? name} is no file.`);
        for (;;) {
          const { bytesRead, buffer } = await attempt(inside ?? name, () =>
            file.read(Buffer.alloc(pieceBytes), 0, pieceBytes),
          );
          if (bytesRead === 0) return;
          yield buffer.subarray(0, bytesRead);
        }
      } finally {
        await file.close();
      }
    },
  };
}

function linked(name: string): ImportError {
  return new ImportError(
    "file-unreadable",
    `${name} is a link to somewhere else. Put what it leads to in its place, or remove it.`,
  );
}

async function attempt<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === "ENOENT"
        ? "There is no such file or folder"
        : code === "EACCES" || code === "EPERM"
          ? "This file must not be read by you"
          : "This cannot be read";
    throw new ImportError("file-unreadable", `${why}: ${name}.`, error);
  }
}
