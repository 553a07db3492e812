/** Where backups are written to and read from: a port, so that the engine knows neither files nor passphrases' keys. */
import type { ErrorCode } from "@multichat/client/contract";

export class BackupError extends Error {
  override name = "BackupError";
  readonly code: Extract<ErrorCode, "wrong-passphrase" | "file-damaged" | "file-exists" | "file-unreadable" | "disk-full">;
  constructor(code: BackupError["code"], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

export interface BackupSink {
  write(item: Uint8Array): Promise<void>;
  /** All is on the disk when it resolves; answers the size in bytes. */
  close(): Promise<number>;
  /** Removes what was begun. */
  abort(): Promise<void>;
}

export interface BackupSource {
  /** Null after the last. */
  next(): Promise<Uint8Array | null>;
  /** Bytes, of all. */
  progress(): { read: number; of: number };
  close(): Promise<void>;
}

/** All of it rejects with BackupError. */
export interface BackupFiles {
  /** A file that does not exist yet. */
  create(path: string, passphrase: string): Promise<BackupSink>;
  open(path: string, passphrase: string): Promise<BackupSource>;
}
