/** One person, several devices (spec/local-api.md, spec/09-devices.md): linking, recovery, backup, own data, the keys' passphrase. */
import type { ErrorCode, Id, Person } from "./model.ts";

export const revokeReasons = ["retired", "lost", "stolen"] as const;
export type RevokeReason = (typeof revokeReasons)[number];

export interface Device {
  id: Id;
  /** libp2p peer id. */
  peer: string;
  /** What this person calls it. */
  name: string;
  /** The one that answers. */
  this: boolean;
  standing: "good" | "revoked";
  addedAt: number;
  /** The device that vouched for it; null: the recovery phrase. */
  addedBy: Id | null;
  /** `by` null: the recovery phrase. */
  revoked: { at: number; by: Id | null; reason: RevokeReason } | null;
  connected: boolean;
  lastSeen: number | null;
}

export interface Emoji {
  symbol: string;
  name: string;
}

/**
 * A device being linked, on either side. `waiting`: the code is shown; `connecting`: it was entered; `confirm`: both show the
 * emoji and this side is asked; `confirmed`: the other side is asked; then `transferring`, and `done` or `failed`, which are final.
 */
export interface Linking {
  /** The one that is there already, or the new one. */
  side: "existing" | "new";
  step: "waiting" | "connecting" | "confirm" | "confirmed" | "transferring" | "done" | "failed";
  /** The code as a link, on the existing side while waiting. A secret. */
  code: string | null;
  /** When the code ends. */
  expires: number;
  /** Seven, the same on both sides; null before. */
  emoji: Emoji[] | null;
  /** What the new device calls itself; on the new side whose account it is, once known. */
  other: string | null;
  /** One sentence for a person. */
  detail: string;
  error: ErrorCode | null;
}

/** An account being recovered from its words. `found`: shown to the person, who decides. `done` and `failed` are final. */
export interface Recovery {
  step: "finding" | "found" | "done" | "failed";
  account: Person | null;
  /** Workspaces it will enter. */
  spaces: number;
  detail: string;
  error: ErrorCode | null;
}

export interface WordsCheck {
  /** 24 words of the list with a right checksum. */
  ok: boolean;
  /** Positions are 0-based. */
  unlisted: { position: number; word: string; suggestions: string[] }[];
  /** The checksum is wrong, and changing this one word would make it right. */
  corrections: { position: number; word: string; instead: string }[];
  detail: string;
}

/** A backup being written or restored. `done` and `failed` are final. */
export interface Transfer {
  kind: "backup" | "restore";
  path: string;
  step: "running" | "done" | "failed";
  /** Events and records, so far and in all; in all 0 while unknown. */
  items: number;
  of: number;
  bytes: number;
  /** Whose it is, once known. */
  account: Person | null;
  detail: string;
  error: ErrorCode | null;
}

export interface DeviceCommands {
  "device.list": [Record<string, never>, { devices: Device[] }];
  "device.name": [{ device: Id; name: string }, { device: Device }];
  /** Everywhere, at once; not this device itself. With the recovery phrase it also ends what a thief let in meanwhile. */
  "device.revoke": [{ device: Id; reason: RevokeReason; words?: string[] }, { device: Device }];

  /** Shows a code for one new device; an earlier one ends. */
  "device.link": [Record<string, never>, { linking: Linking }];
  /** On a node without an account: takes a code. `name`: what this device is to be called. */
  "device.link-enter": [{ code: string; name?: string }, { linking: Linking }];
  /** The person compared the emoji. False ends it on both sides. */
  "device.link-confirm": [{ same: boolean }, { linking: Linking }];
  "device.link-cancel": [Record<string, never>, Record<string, never>];
  "device.link-get": [Record<string, never>, { linking: Linking | null }];

  /** Looks at the words only; nobody is asked and nothing is kept. */
  "account.check-words": [{ words: string[] }, WordsCheck];
  /**
   * On a node without an account. `via`: an invite link of one of the account's spaces, a device code, or an address with
   * /p2p/; without it, devices on the local network are asked.
   */
  "account.recover": [{ words: string[]; via?: string; name?: string }, { recovery: Recovery }];
  /** This is the account that was meant: become a new device of it. */
  "account.recover-confirm": [Record<string, never>, { recovery: Recovery }];
  "account.recover-cancel": [Record<string, never>, Record<string, never>];
  "account.recover-get": [Record<string, never>, { recovery: Recovery | null }];
  /** Replaces the recovery phrase: the old one, if this device no longer has it, and out come 24 new words. A secret. */
  "account.rotate": [{ words?: string[] }, { words: string[]; rooted: { id: Id; name: string }[] }];
  /** Takes this account off this machine, and out of all spaces. `name` must be the account's name, as a safeguard. */
  "account.delete": [{ name: string }, { remains: string[] }];

  /** Writes everything to a new file, a path on the machine of the node. */
  "backup.write": [{ path: string; passphrase: string }, { transfer: Transfer }];
  /** On a node without an account: everything from such a file, as a new device. */
  "backup.restore": [
    { path: string; passphrase: string; words?: string[] },
    { transfer: Transfer },
  ];
  "backup.get": [Record<string, never>, { transfer: Transfer | null }];

  /** Own data: the same on all devices of this person, and nobody else's business. */
  "own.get": [{ key: string }, { value: string | null }];
  "own.set": [{ key: string; value: string | null }, Record<string, never>];
  "own.list": [{ prefix: string }, { entries: { key: string; value: string }[] }];

  /** Sets, changes or (null) removes the passphrase of this data folder's keys. `current` if there is one. */
  "keys.protect": [{ passphrase: string | null; current?: string }, Record<string, never>];
  /** While `status.locked`. */
  "keys.unlock": [{ passphrase: string }, Record<string, never>];

  /** Leaves it if need be, and removes everything of it from this device. */
  "space.forget": [{ space: Id }, Record<string, never>];
}

export interface DevicePushes {
  /** List them again. */
  devices: { devices: Device[] };
  linking: Linking;
  recovery: Recovery;
  transfer: Transfer;
  own: { key: string; value: string | null };
}
