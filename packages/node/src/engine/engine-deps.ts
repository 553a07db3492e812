/** What an engine needs, and what it offers besides the commands (engine.ts makes it). */
import type { BlobStore } from "@multichat/core";
import type { Clock, Crypto, Links, Random, Store } from "@multichat/core/ports";
import type { DeviceId } from "@multichat/protocol";
import type { ExportFiles } from "../import/imported.ts";
import type { BackupFiles } from "./accounts/backup/backup-files.ts";
import type { CommandQueueDeps } from "./command-queue.ts";
import type { CallWake } from "./notifications/wake.ts";
import type { EnginePort } from "./port.ts";
import type { Vault } from "./vault.ts";

export interface EngineDeps {
  store: Store;
  blobs: BlobStore;
  links: Links;
  clock: Clock;
  random: Random;
  crypto: Crypto;
  vault: Vault;
  backups: BackupFiles;
  exports: ExportFiles;
  /** libp2p's name for a device. */
  peerId(device: DeviceId): string;
  soon: CommandQueueDeps["soon"];
  callWake: CallWake;
  /** Lets listeners have at once what they were told. */
  tellNow(): void;
  log(event: string, detail?: Record<string, string | number>): void;
  /** The secrets are now those of a new device: everything is to be started anew, with an empty store. */
  renewed(): void;
  /** The account is being deleted: what is on the disk of it goes when the node ends, or is started anew. @throws StoreError */
  erasing(): void;
  /** Everybody was told that it is deleted: everything of it is to be removed, and the node started anew. */
  erased(): void;
}

export interface Engine extends EnginePort {
  /** For the transport: this device's Ed25519 seed. A secret. */
  readonly deviceSeed: Uint8Array;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Where the local API listens, for `status`; and at which port it did before, if that changed. */
  setApi(url: string, previousPort: number | null): void;
}
