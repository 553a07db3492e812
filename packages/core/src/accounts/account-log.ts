/**
 * The log of one account (spec/02-accounts.md, Standing): which of its devices are in good standing and which identity key is
 * in force, as a function of the set of entries held. Small and seldom asked: made anew with every entry.
 */
import {
  type AccountId,
  type DeviceId,
  type EventId,
  type SignedEntry,
  decodeAccountGenesis,
  decodeSignedEntry,
  hlcTime,
  labels,
  limits,
  toHex,
} from "@multichat/protocol";
import type { Crypto } from "../ports/index.ts";
import { type LogEntry, openEntry } from "./account-entry.ts";
import { type Judge, createJudge } from "./standing-of-devices.ts";

export interface DeviceStanding {
  device: DeviceId;
  standing: "good" | "revoked" | "not-admitted";
  /** Of its latest addition, ms. */
  addedAt: number;
  /** The device that vouched for it; null for the recovery phrase. */
  addedBy: DeviceId | null;
  revoked: {
    at: number;
    by: DeviceId | null;
    reason: "retired" | "lost" | "stolen";
    entry: EventId;
  } | null;
}

export interface AccountState {
  /** In force, in hex. */
  identityKey: string;
  nextKeyHash: Uint8Array;
  /** From the genesis' key to the one in force: what a certificate by it must carry. */
  rotations: SignedEntry[];
  /** Keys that were in force and are no longer, in hex. */
  formerKeys: string[];
  devices: Map<DeviceId, DeviceStanding>;
}

export interface AccountLog {
  readonly account: AccountId;
  /** False when it is held already, is of another account, badly signed, or one too many. Waits by itself for what comes before it. */
  add(signedEntry: Uint8Array): boolean;
  /** Those in place, causes before effects. */
  entries(): readonly LogEntry[];
  has(id: EventId): boolean;
  /** Up to as many as one entry names as parents; an entry under all of them covers the log. */
  heads(): EventId[];
  state(): AccountState;
  isGood(device: DeviceId): boolean;
}

/** @throws Error for a genesis that is none: whoever has one has checked it. */
export function createAccountLog(
  crypto: Crypto,
  account: AccountId,
  genesisBytes: Uint8Array,
): AccountLog {
  const genesis = decodeAccountGenesis(genesisBytes);
  if (!genesis.ok) throw new Error(`account genesis: ${genesis.error}`);
  const first = {
    identityKey: toHex(genesis.value.identityKey),
    nextKeyHash: genesis.value.nextKeyHash,
  };
  const list: LogEntry[] = [];
  const byId = new Map<EventId, number>();
  const pasts: Set<number>[] = [];
  const waiting = new Map<EventId, LogEntry>();
  let judge: Judge | null = null;
  let state: AccountState | null = null;

  function place(entry: LogEntry): void {
    const past = new Set<number>();
    for (const parent of entry.entry.parents) {
      const index = byId.get(parent)!;
      past.add(index);
      for (const earlier of pasts[index]!) past.add(earlier);
    }
    byId.set(entry.id, list.length);
    list.push(entry);
    pasts.push(past);
    judge = null;
    state = null;
  }

  /** Entries wait for those before them, in whatever order they come. */
  function settle(): void {
    for (let moved = true; moved;) {
      moved = false;
      for (const [id, entry] of waiting) {
        if (!entry.entry.parents.every((parent) => byId.has(parent))) continue;
        waiting.delete(id);
        place(entry);
        moved = true;
      }
    }
  }

  function judged(): Judge {
    const nextKeyIs = (key: Uint8Array, hash: Uint8Array): boolean =>
      toHex(crypto.sha256(labels.nextKey, key)) === toHex(hash);
    judge ??= createJudge({ list, pasts, first, nextKeyIs });
    return judge;
  }

  function resolve(): AccountState {
    const all = judged().whole();
    const last = all.chain[all.chain.length - 1];
    const devices = new Map<DeviceId, DeviceStanding>();
    const revoked = new Set(all.revocations.map((index) => revokedBy(list[index]!)));
    list.forEach((entry, index) => {
      if (entry.certified === null) return;
      const { device, by } = entry.certified;
      const addedBy = "device" in by ? by.device : null;
      const before = devices.get(device);
      const admitted = all.isEffective(index);
      // Certified anew, it is no newer for that.
      if (before !== undefined && (!admitted || (before.standing === "good" && !revoked.has(device)))) return;
      devices.set(device, {
        device,
        standing: admitted ? "good" : "not-admitted",
        addedAt: hlcTime(entry.entry.hlc),
        addedBy,
        revoked: null,
      });
    });
    for (const index of all.revocations) {
      const entry = list[index]!;
      if (entry.entry.body.type !== "device.revoke") continue;
      const known = devices.get(entry.entry.body.device);
      if (known === undefined || all.isGood(known.device)) continue;
      const by = [...entry.signers].find((key) => devices.has(key as DeviceId)) ?? null;
      known.standing = "revoked";
      known.revoked = {
        at: hlcTime(entry.entry.hlc),
        by: by as DeviceId | null,
        reason: entry.entry.body.reason,
        entry: entry.id,
      };
    }
    const rotations = all.chain.map((index) => {
      const signed = decodeSignedEntry(list[index]!.bytes);
      if (!signed.ok) throw new Error(signed.error);
      return signed.value;
    });
    const current = last === undefined ? null : list[last]!.entry.body;
    const keys = [first.identityKey, ...all.chain.map((index) => keyOf(list[index]!))];
    return {
      identityKey: keys[keys.length - 1]!,
      nextKeyHash: current?.type === "key.rotate" ? current.nextKeyHash : first.nextKeyHash,
      rotations,
      formerKeys: keys.slice(0, -1),
      devices,
    };
  }

  return {
    account,
    add(bytes) {
      if (list.length + waiting.size >= limits.accountEntries) return false;
      const opened = openEntry(crypto, bytes);
      if (!opened.ok || opened.value.entry.account !== account) return false;
      if (byId.has(opened.value.id) || waiting.has(opened.value.id)) return false;
      waiting.set(opened.value.id, opened.value);
      settle();
      return true;
    },
    entries: () => list,
    has: (id) => byId.has(id),
    heads() {
      const covered = new Set(pasts.flatMap((past) => [...past]));
      const heads = list.map(({ id }) => id).filter((_, index) => !covered.has(index));
      // With more, the newest: what is left out is covered by a later entry.
      return heads.slice(-limits.accountParents).sort();
    },
    state: () => (state ??= resolve()),
    isGood: (device) => judged().whole().isGood(device),
  };
}

function revokedBy({ entry }: LogEntry): DeviceId | null {
  return entry.body.type === "device.revoke" ? entry.body.device : null;
}

function keyOf({ entry }: LogEntry): string {
  return entry.body.type === "key.rotate" ? toHex(entry.body.identityKey) : "";
}
