/** The Disk port on plain data. It can be filled up and damaged. */
import { type Clock, type Disk, DiskError, type DiskFile } from "@multichat/core/ports";

export interface MemoryDisk extends Disk {
  /** The bytes themselves, to look at and to spoil. */
  readonly files: ReadonlyMap<string, { bytes: Uint8Array }>;
  /** How many more bytes it takes. */
  room: number;
}

export function createMemoryDisk(clock: Pick<Clock, "now">): MemoryDisk {
  const files = new Map<string, { bytes: Uint8Array; at: number }>();

  function grow(file: { bytes: Uint8Array }, length: number): void {
    const more = length - file.bytes.length;
    if (more <= 0) return;
    if (more > disk.room) throw new DiskError("full", "the disk is full");
    disk.room -= more;
    const grown = new Uint8Array(length);
    grown.set(file.bytes);
    file.bytes = grown;
  }

  function fileOf(file: { bytes: Uint8Array; at: number }): DiskFile {
    let isOpen = true;
    const opened = (): void => {
      if (!isOpen) throw new DiskError("io", "the file was closed");
    };
    return {
      async read(at, length) {
        opened();
        return file.bytes.slice(at, at + length);
      },
      async write(at, bytes) {
        opened();
        grow(file, at + bytes.length);
        file.bytes.set(bytes, at);
        file.at = clock.now();
      },
      async sync() {
        opened();
      },
      async close() {
        opened();
        isOpen = false;
      },
    };
  }

  const disk: MemoryDisk = {
    files,
    room: Infinity,
    async open(name) {
      const file = files.get(name);
      return file === undefined ? null : fileOf(file);
    },
    async create(name) {
      const file = files.get(name) ?? { bytes: new Uint8Array(0), at: clock.now() };
      files.set(name, file);
      return fileOf(file);
    },
    size: (name) => files.get(name)?.bytes.length ?? null,
    async rename(from, to) {
      const file = files.get(from);
      if (file === undefined) return;
      files.delete(from);
      files.set(to, file);
    },
    async remove(name) {
      files.delete(name);
    },
    list: async () => [...files].map(([name, { bytes, at }]) => ({ name, size: bytes.length, at })),
  };
  return disk;
}
