/** What the main thread and the engine's thread say to each other. Messages of one tick travel as one array. */
import type { CommandName, Push } from "@multichat/client/contract";
import type { DialAttempt, LinkInfo } from "@multichat/core/ports";
import type { DeviceId } from "@multichat/protocol";
import type { VaultKey } from "../data-folder/sealed-keys.ts";
import type { CommandResult } from "../engine/port.ts";

export interface ThreadData {
  dataDir: string;
  /** Where the keys have a passphrase. */
  vaultKey: VaultKey | null;
  /** Where the database is. */
  database: string;
}

export type ToEngine =
  | { type: "connect"; session: number; listens: boolean }
  | { type: "disconnect"; session: number }
  | { type: "command"; session: number; id: number; command: CommandName; params: unknown }
  | { type: "api"; url: string; previousPort: number | null }
  | { type: "start" }
  /** The transport is up. */
  | { type: "started" }
  | { type: "stop" }
  | { type: "linked"; link: LinkInfo }
  | { type: "frame"; device: DeviceId; frame: Uint8Array }
  | { type: "unlinked"; device: DeviceId; reason: string }
  | { type: "dialFailed"; device: DeviceId; attempts: DialAttempt[] }
  | { type: "discovered"; device: DeviceId; addresses: string[] }
  | { type: "listening"; addresses: string[] }
  | { type: "rtt"; device: DeviceId; ms: number }
  | { type: "drained"; device: DeviceId; queued: number };

export type FromEngine =
  | { type: "ready" }
  | { type: "stopped" }
  /** Everything is to be started anew, as a new device. */
  | { type: "renewed" }
  /** The account was deleted: what is left of it is to be removed, and everything started anew. */
  | { type: "erased" }
  /** The keys have another passphrase, or none. */
  | { type: "vault-key"; key: VaultKey | null }
  | { type: "result"; id: number; result: CommandResult<CommandName> }
  | { type: "pushes"; session: number; pushes: Push[] }
  | { type: "dial"; device: DeviceId; addresses: string[] }
  | { type: "send"; device: DeviceId; frame: Uint8Array }
  | { type: "welcome"; devices: readonly DeviceId[] }
  /** Weight of frames worked off, by device. */
  | { type: "taken"; taken: [DeviceId, number][] }
  | { type: "close"; device: DeviceId; reason: string }
  | { type: "log"; event: string; detail: Record<string, string | number> };
