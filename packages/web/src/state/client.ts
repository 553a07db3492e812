/** How the app reaches its node; `@multichat/client` in the product, an in-memory stand-in where screens are tried out. */
import type { Client } from "@multichat/client";

export type { Client, ClientState as LinkState } from "@multichat/client";

export interface Backend {
  connect(): Client;
  /** Exchanges the single-use code of the opening link for a session cookie. */
  openSession(code: string): Promise<void>;
  /** Hands a backup file of this browser's to the node; answers the path under which it can be restored. */
  sendBackupFile(file: Blob): Promise<string>;
  /** A path where the node may write a backup that `backupAddress` then leads to. */
  reserveBackupFile(): Promise<string>;
  /** Where the backup written last can be downloaded. */
  backupAddress: string;
}
