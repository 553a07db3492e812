/** How the app reaches its node; `@multichat/client` in the product, an in-memory stand-in where screens are tried out. */
import type { Client } from "@multichat/client";
import type { Id } from "@multichat/client/contract";

export type { Client, ClientState as LinkState } from "@multichat/client";

export interface Backend {
  connect(): Client;
  /** Exchanges the single-use code of the opening link for a session cookie. */
  openSession(code: string): Promise<void>;
  /** Hands a file over for a message, with how far it is. Fails with an error named `NotTaken`, whose message is for people. */
  handOver(file: Blob, progress: (sent: number) => void, signal: AbortSignal): Promise<{ blob: Id; size: number }>;
  /** Where a file of a message, or its small picture, can be had once it is here. */
  fileAddress(message: Id, blob: Id): string;
  /** Hands a backup file of this browser's to the node; answers the path under which it can be restored. */
  sendBackupFile(file: Blob): Promise<string>;
  /** A path where the node may write a backup that `backupAddress` then leads to. */
  reserveBackupFile(): Promise<string>;
  /** Where the backup written last can be downloaded. */
  backupAddress: string;
}
