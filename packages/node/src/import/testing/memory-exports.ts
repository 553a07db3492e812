/** Exports in memory, for stories and readers: what the disk adds to them has tests of its own. */
import { type ExportFiles, type ExportPlace, ImportError } from "../imported.ts";

/** Of a folder, the files by their names, with `/`. */
export type MemoryExport = string | Uint8Array | Readonly<Record<string, string>>;

export interface MemoryExports extends ExportFiles {
  put(path: string, content: MemoryExport): void;
}

export function createMemoryExports(): MemoryExports {
  const all = new Map<string, MemoryExport>();
  return {
    put: (path, content) => void all.set(path, content),
    open(path) {
      const content = all.get(path);
      return content === undefined
        ? Promise.reject(new ImportError("file-unreadable", `There is no such file: ${path}.`))
        : Promise.resolve(memoryPlace(path, content));
    },
  };
}

/** @param piece bytes that are read at once */
export function memoryPlace(path: string, content: MemoryExport, piece = 7): ExportPlace {
  const files = typeof content === "string" || content instanceof Uint8Array ? null : content;
  return {
    name: path.split("/").at(-1)!,
    isFolder: files !== null,
    list(folder) {
      const prefix = folder === undefined ? "" : `${folder}/`;
      const inside = Object.keys(files!)
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.slice(prefix.length));
      const names = new Map(inside.map((name) => [name.split("/")[0]!, name.includes("/")]));
      return Promise.resolve(
        [...names]
          .map(([name, isFolder]) => ({ name, isFolder }))
          .sort((a, b) => (a.name < b.name ? -1 : 1)),
      );
    },
    async *read(name) {
      const whole = name === undefined ? (content as string | Uint8Array) : files![name];
      if (whole === undefined)
        throw new ImportError("file-unreadable", `There is no such file: ${name}.`);
      const bytes = typeof whole === "string" ? Buffer.from(whole) : whole;
      for (let at = 0; at < bytes.length; at += piece)
        yield await Promise.resolve(bytes.subarray(at, at + piece));
    },
  };
}
