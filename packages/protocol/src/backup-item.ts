/** The items that a backup holds (spec/09-devices.md, Backup). */
import { encode } from "./cbor/encode.ts";
import { bytesOf, bytesUpTo, id, list, nullOr, readAs, textOf, time, tuple, uint } from "./cbor/read.ts";
import { FormatError } from "./cbor/value.ts";
import { type SharedSpace, logOf, peerValues, peersOf } from "./device-step.ts";
import { type WireEvent, eventValue, readEvent } from "./event.ts";
import { type DeviceId, type SpaceId, idToBytes } from "./ids.ts";
import { limits } from "./limits.ts";
import { type SignedRecord, readSignedRecord, signedRecordValue } from "./record.ts";
import type { Result } from "./result.ts";

export type BackupItem =
  | {
      type: "account";
      time: number;
      name: string;
      genesis: Uint8Array;
      /** Encoded SignedEntries. */
      log: Uint8Array[];
      nextSeed: Uint8Array | null;
      identitySeed: Uint8Array | null;
      device: DeviceId;
      deviceSeed: Uint8Array;
    }
  | { type: "space"; space: SharedSpace; events: number }
  | { type: "events"; events: WireEvent[] }
  | { type: "records"; records: SignedRecord[] }
  | { type: "end"; items: number };

/** No item is larger: a batch of events is cut before. */
export const backupItemBytes = 16 * 1024 * 1024;

export function encodeBackupItem(item: BackupItem): Uint8Array {
  switch (item.type) {
    case "account":
      return encode([0, item.time, item.name, item.genesis, item.log, item.nextSeed, item.identitySeed, idToBytes(item.device), item.deviceSeed]);
    case "space":
      return encode([1, idToBytes(item.space.id), item.space.secret, peerValues(item.space.peers), item.events]);
    case "events":
      return encode([2, item.events.map(eventValue)]);
    case "records":
      return encode([3, item.records.map(signedRecordValue)]);
    case "end":
      return encode([4, item.items]);
  }
}

export function decodeBackupItem(bytes: Uint8Array): Result<BackupItem> {
  return readAs("backup item", bytes, (value): BackupItem => {
    const fields = list(value, 16);
    switch (fields[0]) {
      case 0: {
        const f = tuple(value, 9);
        return {
          type: "account",
          time: time(f[1]),
          name: textOf(f[2], 1, limits.name),
          genesis: bytesUpTo(f[3], limits.certificate),
          log: logOf(f[4]),
          nextSeed: nullOr(f[5], (seed) => bytesOf(seed, 32)),
          identitySeed: nullOr(f[6], (seed) => bytesOf(seed, 32)),
          device: id<DeviceId>(f[7]),
          deviceSeed: bytesOf(f[8], 32),
        };
      }
      case 1: {
        const f = tuple(value, 5);
        return { type: "space", space: { id: id<SpaceId>(f[1]), secret: bytesOf(f[2], 32), peers: peersOf(f[3]) }, events: uint(f[4]) };
      }
      case 2:
        return { type: "events", events: list(tuple(value, 2)[1], backupItemBytes).map(readEvent) };
      case 3:
        return { type: "records", records: list(tuple(value, 2)[1], backupItemBytes).map(readSignedRecord) };
      case 4:
        return { type: "end", items: uint(tuple(value, 2)[1]) };
      default:
        throw new FormatError("an unknown item");
    }
  });
}
