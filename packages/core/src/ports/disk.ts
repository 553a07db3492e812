/**
 * A folder of large files (spec/12-content.md, Blobs; ARCHITECTURE.md, Where state lives). Everything but `size` is done elsewhere than
 * on the caller's thread. Names are made by this program: lowercase letters, digits, dots and slashes. Whatever fails is a DiskError.
 */
export class DiskError extends Error {
  readonly code: "full" | "io";
  constructor(code: "full" | "io", message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "DiskError";
    this.code = code;
  }
}

export interface DiskFile {
  /** Fewer bytes than asked for where the file ends. */
  read(at: number, length: number): Promise<Uint8Array>;
  /** What lies between the old end and `at` reads as zeros. */
  write(at: number, bytes: Uint8Array): Promise<void>;
  /** What was written is on the disk when it resolves. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface DiskEntry {
  name: string;
  size: number;
  /** When it was last written, ms. */
  at: number;
}

export interface Disk {
  /** For reading; null if there is none. */
  open(name: string): Promise<DiskFile | null>;
  /** For reading and writing; made empty if there is none. */
  create(name: string): Promise<DiskFile>;
  /** In bytes; null if there is none. */
  size(name: string): number | null;
  /** Replaces what has the new name. Outlives a power cut once it resolves. Nothing happens if there is no such file. */
  rename(from: string, to: string): Promise<void>;
  /** No matter whether there is one. */
  remove(name: string): Promise<void>;
  /** Every file in it. */
  list(): Promise<DiskEntry[]>;
}
